import type uPlot from 'uplot';
import type { Sample, SampleSummary } from '../../../../server/src/protocol/performance.ts';
import type { Language } from '../../language.ts';
import { card } from './card.ts';
import { dataOf, drawChart } from './chart.ts';
import type { ChartSpec } from './chartSpecs.ts';
import { chartSummary, clock } from './chartTexts.ts';
import { type Columns, columnsOf, lastValues, meanRows } from './columns.ts';
import { element } from './dom.ts';

/** Rows of the table that stands in for the picture. */
const tableRows = 10;

/** A chart with its legend, which shows the figures under the pointer, or the last ones. */
export class ChartCard {
	readonly root: HTMLElement;
	readonly #spec: ChartSpec;
	readonly #language: Language;
	readonly #aside: HTMLElement;
	readonly #picture = element('div', { class: 'picture', role: 'img' });
	readonly #empty = element('p', { class: 'empty' });
	readonly #figures: readonly HTMLElement[];
	readonly #at = element('span', { class: 'at' });
	readonly #table = element('table', { class: 'unseen' });
	#plot: uPlot | undefined;
	#columns: Columns = { times: [], values: [], heights: [] };
	#pointed: number | undefined;

	constructor(spec: ChartSpec, language: Language) {
		this.#spec = spec;
		this.#language = language;
		const { root, aside, body } = card(spec.id, spec.title);
		root.classList.add('chart');
		this.root = root;
		this.#aside = aside;
		this.#figures = spec.lines.map(() => element('b'));
		const keys = spec.lines.map(({ label, colour, isDashed }, at) =>
			element(
				'li',
				{},
				element('i', { class: `swatch ${colour} ${isDashed ? 'dashed' : ''}` }),
				`${label} `,
				this.#figures[at],
			),
		);
		// The table says the same in order; read out here, it would come twice.
		const legend = element(
			'ul',
			{ class: 'legend', 'aria-hidden': 'true' },
			...keys,
			element('li', {}, this.#at),
		);
		this.#empty.textContent = language.t('The first figures come within seconds.');
		body.root.append(legend, this.#picture, this.#empty, this.#table);
		new ResizeObserver(() => this.#fit()).observe(this.#picture);
	}

	update(samples: readonly Sample[], sampleSeconds: number, summary: SampleSummary | undefined): void {
		this.#columns = columnsOf(this.#spec, samples, sampleSeconds);
		const isEmpty = samples.length === 0;
		this.#empty.hidden = !isEmpty;
		this.#picture.hidden = isEmpty;
		this.#aside.textContent = (summary && this.#spec.summary(summary)) ?? '';
		this.#picture.setAttribute('aria-label', chartSummary(this.#spec, this.#columns, this.#language));
		this.#fillTable();
		if (isEmpty) return;
		if (this.#plot) this.#plot.setData(dataOf(this.#spec, this.#columns));
		else this.#draw();
		this.#showFigures();
	}

	/** Draws anew, in the colours of now. */
	recolour(): void {
		if (!this.#plot) return;
		this.#plot.destroy();
		this.#draw();
	}

	#draw(): void {
		this.#plot = drawChart(this.#spec, this.#columns, this.#picture, this.#language, (row) => {
			this.#pointed = row;
			this.#showFigures();
		});
	}

	#fit(): void {
		const { clientWidth: width, clientHeight: height } = this.#picture;
		if (width > 0 && (width !== this.#plot?.width || height !== this.#plot.height))
			this.#plot?.setSize({ width, height });
	}

	#showFigures(): void {
		const { times, values } = this.#columns;
		const row = this.#pointed;
		const shown =
			row === undefined ? lastValues(this.#columns) : values.map((line) => line[row] ?? undefined);
		this.#figures.forEach((figure, at) => {
			figure.textContent = this.#format(shown[at]);
		});
		const atMs = row === undefined ? undefined : times[row];
		this.#at.textContent = atMs === undefined ? '' : clock(atMs, this.#language.locale, true);
	}

	#fillTable(): void {
		const { t, locale } = this.#language;
		const { lines, title } = this.#spec;
		const heads = [t('Time'), ...lines.map(({ label }) => label)];
		const rows = meanRows(this.#columns, tableRows).map(({ atMs, means }) =>
			element(
				'tr',
				{},
				element('th', { scope: 'row' }, clock(atMs, locale, true)),
				...means.map((mean) => element('td', {}, this.#format(mean))),
			),
		);
		this.#table.replaceChildren(
			element('caption', {}, title),
			element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
			element('tbody', {}, ...rows),
		);
	}

	#format(value: number | undefined): string {
		return value === undefined ? '–' : this.#spec.format(value);
	}
}
