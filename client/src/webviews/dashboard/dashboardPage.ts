import { randomBytes } from 'node:crypto';
import { commands, type Disposable, type LogOutputChannel, l10n, Uri, type WebviewPanel } from 'vscode';
import { displayLanguage } from '../../displayLanguage.ts';
import { localFolders } from '../../notes.ts';
import type { Session } from '../../session.ts';
import { pageHtml } from '../pageHtml.ts';
import { allowedCommands, upkeepActions } from './actions.ts';
import { exportFigures } from './exportFigures.ts';
import { type FromPage, readFromPage, type ToPage } from './messages.ts';
import { Poll } from './poll.ts';
import { serverState } from './serverState.ts';

/** Until figures are asked for again after that failed. */
const retryMs = 5000;

/** What a dashboard needs of the extension. */
export interface DashboardHost {
	readonly session: Session;
	readonly log: LogOutputChannel;
	readonly extensionUri: Uri;
	/** Commands that the manifest declares, with their titles. */
	readonly declared: ReadonlyMap<string, string>;
}

/** One panel and what it shows: figures flow while it is seen, and the page asks for nothing but by messages. */
export class DashboardPage implements Disposable {
	readonly #host: DashboardHost;
	readonly #panel: WebviewPanel;
	readonly #poll = new Poll(() => this.#tellFigures());
	readonly #allowed: Readonly<Record<string, string>>;
	readonly #subscriptions: readonly Disposable[];
	/** Of the newest sample that the page has. */
	#toldMs: number | undefined;
	#isReady = false;

	constructor(host: DashboardHost, panel: WebviewPanel) {
		this.#host = host;
		this.#panel = panel;
		this.#allowed = allowedCommands(host.declared, displayLanguage);
		this.#subscriptions = [
			panel.webview.onDidReceiveMessage((message: unknown) => this.#hear(readFromPage(message))),
			// A page that is hidden is gone; it says that it is ready when it is seen again.
			panel.onDidChangeViewState(() => !panel.visible && this.#rest()),
			host.session.onDidChange(() => this.#tellServer()),
		];
		const pages = webviewFolder(host.extensionUri);
		panel.webview.options = { enableScripts: true, localResourceRoots: [pages] };
		panel.webview.html = pageHtml({
			root: 'dashboard',
			cspSource: panel.webview.cspSource,
			nonce: randomBytes(16).toString('hex'),
			script: panel.webview.asWebviewUri(Uri.joinPath(pages, 'dashboard.js')).toString(),
			style: panel.webview.asWebviewUri(Uri.joinPath(pages, 'dashboard.css')).toString(),
			title: panel.title,
			locale: displayLanguage.locale,
		});
	}

	dispose(): void {
		this.#rest();
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	#rest(): void {
		this.#isReady = false;
		this.#poll.stop();
	}

	#hear(message: FromPage | undefined): void {
		switch (message?.kind) {
			case 'ready':
				return this.#begin();
			case 'run':
				if (Object.hasOwn(this.#allowed, message.command)) void commands.executeCommand(message.command);
				else this.#host.log.warn(`The dashboard asked for ${message.command}, which is not on its list.`);
				return;
			case 'export':
				return void exportFigures(this.#host.session);
		}
	}

	#begin(): void {
		this.#rest();
		this.#isReady = true;
		this.#toldMs = undefined;
		this.#tell({
			kind: 'setup',
			texts: l10n.bundle ?? {},
			locale: displayLanguage.locale,
			actions: upkeepActions(this.#host.declared, displayLanguage),
			titles: this.#allowed,
		});
		this.#tellServer();
	}

	#tellServer(): void {
		if (!this.#isReady) return;
		const told = serverState(this.#host.session.state, localFolders().length > 0);
		if (told.state === 'running') return this.#poll.start();
		this.#poll.stop();
		this.#tell(told);
	}

	async #tellFigures(): Promise<number> {
		const { session, log } = this.#host;
		try {
			const since = this.#toldMs === undefined ? {} : { sinceMs: this.#toldMs };
			const [performance, status] = await Promise.all([session.performance(since), session.status()]);
			if (!this.#isReady) return retryMs;
			this.#toldMs = performance.samples.at(-1)?.atMs ?? this.#toldMs;
			this.#tell({ kind: 'server', state: 'running' });
			this.#tell({ kind: 'figures', performance, status });
			return performance.sampleSeconds * 1000;
		} catch (error) {
			log.warn(`No figures for the dashboard: ${error}`);
			if (session.state.kind === 'running')
				this.#tell({ kind: 'server', state: 'failed', reason: String(error) });
			return retryMs;
		}
	}

	#tell(message: ToPage): void {
		if (this.#isReady) void this.#panel.webview.postMessage(message);
	}
}

/** The one folder that the page may read. */
function webviewFolder(extensionUri: Uri): Uri {
	return Uri.joinPath(extensionUri, 'dist', 'webviews');
}
