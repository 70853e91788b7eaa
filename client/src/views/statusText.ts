import type { Alert } from '../../../server/src/protocol/performance.ts';
import type { IndexStatus, StatusResult, VectorIndexStatus } from '../../../server/src/protocol/status.ts';
import { formatBytes, formatCount, formatMb, formatMs, percentDone } from '../formats.ts';
import type { Language } from '../language.ts';
import type { SessionState } from '../sessionState.ts';

/** What the status-bar item shows. */
export interface StatusText {
	/** With `$(icon)`s. */
	readonly text: string;
	/** The same for a screen reader, which reads no icons. */
	readonly spoken: string;
	/** Whether something is wrong that the user should look at. */
	readonly warning: boolean;
}

/** The status-bar item of a state; `undefined` while there is nothing to show. `alerts` are those that hold now. */
export function statusText(
	state: SessionState,
	language: Language,
	alerts: readonly Alert[] = [],
): StatusText | undefined {
	const { t } = language;
	switch (state.kind) {
		case 'idle':
			return undefined;
		case 'starting':
			return startingText(language);
		case 'stopped':
			return { text: '$(warning) Jarvis', spoken: t('Jarvis stopped: {0}', state.reason), warning: true };
		case 'running':
			return state.status ? runningText(state.status, language, alerts) : startingText(language);
	}
}

/** The tooltip of a state: markdown with theme icons. `ignoresSettings` as in `RestrictedMode`. */
export function statusTooltip(
	state: SessionState,
	ignoresSettings: boolean,
	language: Language,
	alerts: readonly Alert[] = [],
): string {
	const parts = ['**Jarvis**'];
	if (state.kind === 'stopped') parts.push(`$(warning) ${escapeMarkdown(state.reason)}`);
	if (state.kind === 'running' && state.status) {
		parts.push(table(state.status, language));
		parts.push(...alerts.map(({ text }) => `$(flame) ${escapeMarkdown(text)}`));
		parts.push(...state.status.problems.map((problem) => `$(warning) ${escapeMarkdown(problem)}`));
	}
	if (state.kind !== 'idle')
		parts.push(`$(dashboard) [${language.t('Show Performance Dashboard')}](command:jarvis.showDashboard)`);
	if (ignoresSettings) {
		const link = `[${language.t('Manage Trust')}](command:workbench.trust.manage)`;
		parts.push(`$(shield) ${restrictedModeText(language)} ${link}`);
	}
	return parts.join('\n\n');
}

/** What is said wherever Restricted Mode makes a difference. */
export function restrictedModeText({ t }: Language): string {
	return t("Restricted Mode: this folder's Jarvis settings are ignored until you trust it.");
}

/** The index's state in words, with counts while something is under way. */
export function indexStateText(index: IndexStatus, { t, locale }: Language): string {
	const ofNotes = () => progress(index.notes, index.notes + index.pendingNotes, locale);
	switch (index.state) {
		case 'opening':
			return t('Opening the index');
		case 'scanning':
			return t('Looking for notes');
		case 'reading':
			return t('Reading notes: {0}', ofNotes());
		case 'embedding':
			return index.switching === undefined
				? t('Embedding passages: {0}', embeddingProgress(index, locale))
				: t('Reading passages with the new model: {0}', embeddingProgress(index, locale));
		case 'paused':
			return t('Paused');
		case 'ready':
			return t('Up to date');
		case 'off':
			return t('Off');
	}
}

/** How much of the index has vectors, as `43 % of 5,183 passages`. */
export function coverageText(index: IndexStatus, { t, locale }: Language): string {
	const percent = percentDone(index.embedded, index.chunks) ?? 0;
	return t('{0} % of {1} passages', percent, formatCount(index.chunks, locale));
}

function startingText({ t }: Language): StatusText {
	return { text: '$(sync~spin) Jarvis', spoken: t('Jarvis is starting'), warning: false };
}

function runningText(status: StatusResult, language: Language, alerts: readonly Alert[]): StatusText {
	const { t, locale } = language;
	const warning = alerts.length > 0 || (status.health === 'degraded' && status.problems.length > 0);
	const memory = formatMb(status.memory.totalMb, locale);
	const state = indexStateText(status.index, language);
	const spoken = [t('Jarvis: {0}', state), t('memory {0}', memory)];
	const { lastMs } = status.search;
	if (lastMs !== undefined) spoken.push(t('last search {0}', formatMs(lastMs, locale)));
	spoken.push(...alerts.map(({ text }) => text));
	return { text: visibleText(status, warning, language), spoken: spoken.join(', '), warning };
}

function visibleText(
	{ index, memory, search }: StatusResult,
	warning: boolean,
	{ t, locale }: Language,
): string {
	switch (index.state) {
		case 'off':
			return `$(circle-slash) ${t('Jarvis: off')}`;
		case 'opening':
		case 'scanning':
			return '$(sync~spin) Jarvis';
		case 'reading':
			return `$(sync~spin) ${progress(index.notes, index.notes + index.pendingNotes, locale)}`;
		case 'embedding':
			return `$(sync~spin) ${embeddingProgress(index, locale)}`;
		default: {
			const icon = warning ? 'warning' : index.state === 'paused' ? 'debug-pause' : 'pulse';
			const figures = [formatMb(memory.totalMb, locale)];
			if (search.lastMs !== undefined) figures.push(formatMs(search.lastMs, locale));
			return `$(${icon}) ${figures.join(' · ')}`;
		}
	}
}

function table({ index, memory, models, graph, search, folders }: StatusResult, language: Language): string {
	const { t, locale } = language;
	const rows: [string, string][] = [
		[t('State'), indexStateText(index, language)],
		[t('Memory'), t('{0} of {1}', formatMb(memory.totalMb, locale), formatMb(memory.limitMb, locale))],
		[t('Memory of the search server'), formatMb(memory.serverMb, locale)],
		[t('Memory of the model'), formatMb(memory.embedderMb, locale)],
		[t('Notes'), formatCount(index.notes, locale)],
		[t('Embedded'), coverageText(index, language)],
		[t('Index size'), formatBytes(index.bytes, locale)],
		[t('Graph'), t('{0} links, {1}', formatCount(graph.links, locale), graphBackendText(graph, language))],
	];
	if (index.vectorIndex?.kind === 'hnsw')
		rows.push([t('Vector index'), vectorIndexText(index.vectorIndex, language)]);
	if (search.lastMs !== undefined) rows.push([t('Last search'), formatMs(search.lastMs, locale)]);
	if (search.p95Ms !== undefined) rows.push([t('95 % of searches within'), formatMs(search.p95Ms, locale)]);
	for (const { name, door, leaderPid } of folders) {
		if (door === 'attached') rows.push([t('Index of {0}', name), t('open in process {0}', leaderPid ?? '?')]);
	}
	for (const { id, state, reason } of models) {
		rows.push([
			t('Model {0}', id),
			reason ? `${modelStateText(state, language)}: ${reason}` : modelStateText(state, language),
		]);
	}
	return ['| | |', '|:--|--:|', ...rows.map((row) => `| ${row.map(escapeMarkdown).join(' | ')} |`)].join(
		'\n',
	);
}

function graphBackendText({ backend }: StatusResult['graph'], { t }: Language): string {
	return backend === 'embedded' ? t('embedded') : backend;
}

function modelStateText(state: StatusResult['models'][number]['state'], { t }: Language): string {
	switch (state) {
		case 'idle':
			return t('not loaded');
		case 'starting':
			return t('loading');
		case 'ready':
			return t('ready');
		case 'off':
			return t('off');
	}
}

/** Of ten nearest passages, those that are found. */
function vectorIndexText({ state, recall10 }: VectorIndexStatus, { t }: Language): string {
	switch (state) {
		case 'building':
			return t('hnsw, being built');
		case 'ready':
			return recall10 === undefined ? 'hnsw' : t('hnsw, finds {0} of 10', (10 * recall10).toFixed(1));
		case 'off':
			return t('hnsw, off');
	}
}

/** While a model takes over, all passages have vectors, and what is under way are the new ones. */
function embeddingProgress({ embedded, chunks, switching }: IndexStatus, locale: string): string {
	return progress(switching?.embedded ?? embedded, chunks, locale);
}

function progress(done: number, total: number, locale: string): string {
	return `${formatCount(done, locale)}/${formatCount(total, locale)}`;
}

/** Also keeps a note's or model's own name from drawing an icon or ending a table's cell. */
function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_{}[\]()#+|<>!$~-]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}
