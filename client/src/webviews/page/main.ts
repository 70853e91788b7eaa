/** The dashboard's page: says that it is ready, and shows what it is told. */
import type { FromPage } from '../dashboard/messages.ts';
import { readToPage } from '../dashboard/messages.ts';
import { keptStateJson, readKeptState } from './keptState.ts';
import { Page } from './page.ts';
import { onThemeChange } from './theme.ts';

interface VsCodeApi {
	postMessage(message: FromPage): void;
	getState(): unknown;
	setState(state: object): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
let kept = readKeptState(vscode.getState());
let page: Page | undefined;
let isScrolled = false;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	const message = readToPage(data);
	if (message === undefined) return;
	if (message.kind === 'setup') {
		page = new Page(
			document.querySelector<HTMLElement>('#dashboard')!,
			message,
			kept.minutes,
			(sent) => vscode.postMessage(sent),
			(minutes) => keep({ ...kept, minutes }),
		);
		return;
	}
	page?.tell(message);
	if (message.kind !== 'figures' || isScrolled) return;
	// Before the first figures the page is not as long as it was.
	isScrolled = true;
	window.scrollTo(0, kept.scrollTop);
});
window.addEventListener('scrollend', () => isScrolled && keep({ ...kept, scrollTop: window.scrollY }));
onThemeChange(() => page?.recolour());
vscode.postMessage({ kind: 'ready' });

function keep(state: typeof kept): void {
	kept = state;
	vscode.setState(keptStateJson(state));
}
