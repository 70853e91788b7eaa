import type { Alert } from '../../../../server/src/protocol/performance.ts';
import type { Language } from '../../language.ts';
import type { ServerState } from '../dashboard/messages.ts';
import { element } from './dom.ts';
import { Region } from './region.ts';

/** What is said of a server that shows no figures; `undefined` where it runs. */
export function serverText(
	state: ServerState,
	reason: string | undefined,
	{ t }: Language,
): string | undefined {
	switch (state) {
		case 'noFolder':
			return t('Open a folder of markdown notes, and this page shows how Jarvis fares with them.');
		case 'noNotes':
			return t('This folder holds no markdown notes yet. The first one starts the search server.');
		case 'starting':
			return t('The search server is starting.');
		case 'running':
			return undefined;
		case 'stopped':
			return reason ?? t('The search server is not running.');
		case 'failed':
			return t('The search server told no figures; this page asks again. {0}', reason ?? '');
	}
}

/** On top of the page: what stands in the way of figures, and alerts. Screen readers tell of changes here, and here alone. */
export function bannerRegion(run: (command: string) => void, language: Language) {
	const root = element('div', { class: 'banners', role: 'status' });
	const region = new Region(root);
	return {
		root,
		update: (state: ServerState, reason: string | undefined, alerts: readonly Alert[]) => {
			const text = serverText(state, reason, language);
			const texts = alerts.map((alert) => alert.text);
			region.show({ state, text, texts }, () => [
				text === undefined ? undefined : serverBanner(state, text, run, language),
				...texts.map((alert) => element('p', { class: 'banner alert' }, alert)),
			]);
		},
	};
}

function serverBanner(state: ServerState, text: string, run: (command: string) => void, { t }: Language) {
	const button = (command: string, label: string) => {
		const made = element('button', { type: 'button', 'data-key': command }, label);
		made.addEventListener('click', () => run(command));
		return made;
	};
	const buttons = [
		...(state === 'stopped' ? [button('jarvis.restartServer', t('Restart'))] : []),
		...(state === 'stopped' || state === 'failed' ? [button('jarvis.showLog', t('Show Log'))] : []),
	];
	return element('p', { class: `banner ${state}` }, element('span', {}, text), ...buttons);
}
