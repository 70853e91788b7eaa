import type { SlowSearch } from '../../../../server/src/protocol/performance.ts';
import { formatMs } from '../../formats.ts';
import type { Language } from '../../language.ts';
import type { Colour } from './chartSpecs.ts';

export interface Stage {
	readonly label: string;
	readonly colour: Colour;
	/** Where it begins and how long it is, as shares of the longest search shown. */
	readonly from: number;
	readonly share: number;
	/** With its unit. */
	readonly took: string;
}

/** A search as a row of bars, one after the other. */
export interface SearchRow {
	readonly query: string;
	readonly atMs: number;
	readonly took: string;
	readonly stages: readonly Stage[];
	/** All of it in a sentence. */
	readonly spoken: string;
}

const colours: Readonly<Record<string, Colour>> = {
	keyword: 'green',
	embed: 'purple',
	scan: 'blue',
	fuse: 'yellow',
	fetch: 'red',
	cache: 'foreground',
};
/** The order in which a search goes through its stages. */
const order = Object.keys(colours);

export function searchRows(slowest: readonly SlowSearch[], language: Language): readonly SearchRow[] {
	const longest = Math.max(...slowest.map(spanMs), 1e-9);
	return slowest.map((search) => {
		const { query, atMs, tookMs } = search;
		const took = formatMs(tookMs, language.locale);
		let from = 0;
		const stages = stagesOf(search).map(([name, ms]): Stage => {
			const share = ms / longest;
			const stage = {
				label: stageLabel(name, language),
				colour: colours[name] ?? 'foreground',
				from,
				share,
				took: formatMs(ms, language.locale),
			};
			from += share;
			return stage;
		});
		const parts = stages.map((stage) => `${stage.label} ${stage.took}`);
		return { query, atMs, took, stages, spoken: [took, ...parts].join(', ') };
	});
}

/** In their order, and at the end what no stage accounts for. */
function stagesOf(search: SlowSearch): readonly (readonly [string, number])[] {
	const known = Object.entries(search.stages)
		.filter(([, ms]) => ms > 0)
		.sort(([a], [b]) => placeOf(a) - placeOf(b));
	const rest = search.tookMs - sumMs(search);
	return rest > 0.05 ? [...known, ['rest', rest]] : known;
}

function placeOf(name: string): number {
	const at = order.indexOf(name);
	return at < 0 ? order.length : at;
}

function sumMs({ stages }: SlowSearch): number {
	return Object.values(stages).reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

/** Stages that ran at the same time add up to more than the search took. */
function spanMs(search: SlowSearch): number {
	return Math.max(search.tookMs, sumMs(search));
}

/** The stages there are, for the legend. */
export function stageLegend(
	rows: readonly SearchRow[],
): readonly { readonly label: string; readonly colour: Colour }[] {
	const seen = new Map(rows.flatMap(({ stages }) => stages).map(({ label, colour }) => [label, colour]));
	return [...seen].map(([label, colour]) => ({ label, colour }));
}

function stageLabel(name: string, { t }: Language): string {
	switch (name) {
		case 'keyword':
			return t('Words');
		case 'embed':
			return t('Model');
		case 'scan':
			return t('Meaning');
		case 'fuse':
			return t('Ranking');
		case 'fetch':
			return t('Texts');
		case 'cache':
			return t('Cache');
		case 'rest':
			return t('Rest');
		default:
			return name;
	}
}
