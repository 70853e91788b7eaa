import type { PerformanceResult } from '../../../../server/src/protocol/performance.ts';
import type { StatusResult } from '../../../../server/src/protocol/status.ts';
import type { Language } from '../../language.ts';
import { indexStateText } from '../../views/statusText.ts';
import type { FromPage, ServerState, ToPage } from '../dashboard/messages.ts';
import { actionCard } from './actionCard.ts';
import { bannerRegion } from './banner.ts';
import { ChartCard } from './chartCard.ts';
import { chartSpecs } from './chartSpecs.ts';
import { clock } from './chartTexts.ts';
import { element } from './dom.ts';
import { gaugeCard } from './gaugeCard.ts';
import { healthCard } from './healthCard.ts';
import { cacheCard, coverageCard } from './indexCards.ts';
import { pageLanguage } from './pageLanguage.ts';
import { rangeChoice } from './rangeChoice.ts';
import { SampleHistory } from './sampleHistory.ts';
import { slowestCard } from './slowestCard.ts';

/** The server's own, until it has told what it is set to. */
const usualSampleSeconds = 5;

type Figures = { readonly performance: PerformanceResult; readonly status: StatusResult };

/** All of the page; made once the extension has said in which language. */
export class Page {
	readonly #history = new SampleHistory();
	readonly #language: Language;
	readonly #subtitle = element('p', { class: 'aside' });
	readonly #content = element('div', { class: 'content' });
	readonly #banner: ReturnType<typeof bannerRegion>;
	readonly #gauges: ReturnType<typeof gaugeCard>;
	readonly #coverage: ReturnType<typeof coverageCard>;
	readonly #caches: ReturnType<typeof cacheCard>;
	readonly #slowest: ReturnType<typeof slowestCard>;
	readonly #health: ReturnType<typeof healthCard>;
	readonly #charts: readonly ChartCard[];
	#minutes: number | undefined;
	#figures: Figures | undefined;
	#server: { readonly state: ServerState; readonly reason: string | undefined } = {
		state: 'starting',
		reason: undefined,
	};

	constructor(
		root: HTMLElement,
		setup: ToPage & { readonly kind: 'setup' },
		minutes: number | undefined,
		send: (message: FromPage) => void,
		keep: (minutes: number | undefined) => void,
	) {
		const language = pageLanguage(setup.texts, setup.locale);
		this.#language = language;
		const { t } = language;
		const run = (command: string) => send({ kind: 'run', command });
		this.#minutes = minutes;
		this.#banner = bannerRegion(run, language);
		this.#gauges = gaugeCard(language);
		this.#coverage = coverageCard(language);
		this.#caches = cacheCard(language);
		this.#slowest = slowestCard(language);
		this.#health = healthCard(setup.titles, run, language);
		this.#charts = chartSpecs(language).map((spec) => new ChartCard(spec, language));
		const choice = rangeChoice(
			minutes,
			(chosen) => {
				this.#minutes = chosen;
				keep(chosen);
				this.#show();
			},
			language,
		);
		const save = element('button', { type: 'button' }, t('Export as JSON'));
		save.addEventListener('click', () => send({ kind: 'export' }));
		const tools = element('div', { class: 'tools' }, choice, save);
		const [memory, search, indexing, cpu, eventLoop] = this.#charts.map((chart) => chart.root);
		// In the order in which a wide page is read.
		this.#content.append(
			...[this.#gauges.root, memory!, this.#health.root],
			...[search!, indexing!, this.#coverage.root],
			...[cpu!, eventLoop!, this.#caches.root],
			...[this.#slowest.root, actionCard(setup.actions, run, language)],
		);
		const title = element('div', {}, element('h1', {}, t('Jarvis Performance')), this.#subtitle);
		const head = element('header', { class: 'top' }, title, tools);
		root.replaceChildren(head, this.#banner.root, this.#content);
		this.#show();
	}

	tell(message: ToPage & { readonly kind: 'server' | 'figures' }): void {
		if (message.kind === 'server') {
			this.#server = { state: message.state, reason: message.reason };
		} else {
			this.#figures = message;
			this.#history.add(message.performance.samples);
		}
		this.#show();
	}

	/** After a change of the theme. */
	recolour(): void {
		for (const chart of this.#charts) chart.recolour();
	}

	#show(): void {
		const { state, reason } = this.#server;
		const isRunning = state === 'running';
		this.#banner.update(state, reason, (isRunning && this.#figures?.performance.alerts) || []);
		this.#content.hidden = state === 'noFolder' || state === 'noNotes';
		// What is shown then is what was last known.
		this.#content.classList.toggle('old', !isRunning && this.#figures !== undefined);
		const samples = this.#history.within(this.#minutes);
		const { performance, status } = this.#figures ?? {};
		for (const chart of this.#charts)
			chart.update(samples, performance?.sampleSeconds ?? usualSampleSeconds, performance?.summary);
		if (performance === undefined || status === undefined) return;
		this.#subtitle.textContent = this.#freshness(status, performance.sampleSeconds);
		this.#gauges.update(performance.targets);
		this.#coverage.update(status);
		this.#caches.update(status);
		this.#slowest.update(performance.slowest);
		this.#health.update(performance.health);
	}

	/** What the index is doing, and of when the figures are. */
	#freshness({ index }: StatusResult, sampleSeconds: number): string {
		const { t, locale } = this.#language;
		const state = indexStateText(index, this.#language);
		const last = this.#history.last;
		if (last === undefined) return state;
		return t('{0} · figures of {1}, every {2} s', state, clock(last.atMs, locale, true), sampleSeconds);
	}
}
