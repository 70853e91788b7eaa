/** The graph's page: says that it is ready, and shows what it is told. */
import { readChoice } from '../../graph/drawing.ts';
import { type FromGraphPage, readToGraphPage } from '../../graph/messages.ts';
import { pageLanguage } from '../pageLanguage.ts';
import { GraphPage } from './graphPage.ts';

interface VsCodeApi {
	postMessage(message: FromGraphPage): void;
	getState(): unknown;
	/** Outlives the page, which ends when it is hidden, and the window. */
	setState(state: object): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
let page: GraphPage | undefined;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	const message = readToGraphPage(data);
	if (message === undefined) return;
	if (message.kind === 'setup') {
		const root = document.querySelector<HTMLElement>('#graph')!;
		page = new GraphPage(root, pageLanguage(message.texts, message.locale), (sent) => {
			if (sent.kind === 'choose') vscode.setState(sent.choice);
			vscode.postMessage(sent);
		});
		return;
	}
	page?.tell(message);
});
const choice = readChoice(vscode.getState());
vscode.postMessage({ kind: 'ready', ...(choice === undefined ? {} : { choice }) });
