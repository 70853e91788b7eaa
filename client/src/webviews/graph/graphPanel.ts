import { randomBytes } from 'node:crypto';
import {
	CancellationTokenSource,
	commands,
	type Disposable,
	type LogOutputChannel,
	l10n,
	Uri,
	ViewColumn,
	type WebviewPanel,
	window,
	workspace,
} from 'vscode';
import { displayLanguage } from '../../displayLanguage.ts';
import { localFolders } from '../../notes.ts';
import { openAt } from '../../openAt.ts';
import type { Session } from '../../session.ts';
import { pageHtml } from '../pageHtml.ts';
import { type Choice, type Drawing, makeDrawing } from './drawing.ts';
import { type GraphPlace, placeOfNote, uriOfPlace } from './graphPlace.ts';
import { type FromGraphPage, type GraphState, readFromGraphPage, type ToGraphPage } from './messages.ts';

/** Notes change in bursts, and a picture that jumps with every letter helps nobody. */
const changeMs = 700;

/** What a graph needs of the extension. */
export interface GraphHost {
	readonly session: Session;
	readonly log: LogOutputChannel;
	readonly extensionUri: Uri;
}

/** One panel and the neighbourhood that it shows: that of the note in the active editor, until another place is chosen. */
export class GraphPanel implements Disposable {
	readonly #host: GraphHost;
	readonly #panel: WebviewPanel;
	readonly #subscriptions: readonly Disposable[];
	#choice: Choice | undefined;
	#place: GraphPlace | undefined;
	#request = new CancellationTokenSource();
	#timer: NodeJS.Timeout | undefined;
	#isReady = false;
	/** The last message of what is drawn: the same once more would stir the picture. */
	#told = '';

	constructor(host: GraphHost, panel: WebviewPanel) {
		this.#host = host;
		this.#panel = panel;
		this.#place = placeOfNote(window.activeTextEditor?.document.uri);
		this.#subscriptions = [
			panel.webview.onDidReceiveMessage((message: unknown) => this.#hear(readFromGraphPage(message))),
			// A page that is hidden is gone; it says that it is ready when it is seen again.
			panel.onDidChangeViewState(() => !panel.visible && this.#rest()),
			window.onDidChangeActiveTextEditor((editor) => this.#follow(editor?.document.uri)),
			host.session.onDidChange(() => this.#drawSoon()),
		];
		const pages = Uri.joinPath(host.extensionUri, 'dist', 'webviews');
		panel.webview.options = { enableScripts: true, localResourceRoots: [pages] };
		panel.webview.html = pageHtml({
			cspSource: panel.webview.cspSource,
			nonce: randomBytes(16).toString('hex'),
			root: 'graph',
			script: panel.webview.asWebviewUri(Uri.joinPath(pages, 'graph.js')).toString(),
			style: panel.webview.asWebviewUri(Uri.joinPath(pages, 'graph.css')).toString(),
			title: panel.title,
			locale: displayLanguage.locale,
		});
	}

	/** Shows what is around another place. */
	centre(place: GraphPlace): void {
		this.#place = place;
		void this.#draw();
	}

	dispose(): void {
		this.#rest();
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	#rest(): void {
		this.#isReady = false;
		this.#request.cancel();
		clearTimeout(this.#timer);
	}

	#follow(uri: Uri | undefined): void {
		const place = placeOfNote(uri);
		if (place !== undefined) this.centre(place);
	}

	#hear(message: FromGraphPage | undefined): void {
		switch (message?.kind) {
			case 'ready':
				this.#choice = message.choice ?? this.#choice ?? usualChoice();
				return this.#begin();
			case 'choose':
				this.#choice = message.choice;
				return void this.#draw();
			case 'open':
				return void this.#open(message.id);
			case 'centre':
				if (this.#place !== undefined) this.centre({ ...this.#place, id: message.id });
		}
	}

	#begin(): void {
		this.#isReady = true;
		this.#told = '';
		this.#tell({ kind: 'setup', texts: l10n.bundle ?? {}, locale: displayLanguage.locale });
		void this.#draw();
	}

	/** A note is opened where notes are; of a tag its notes are searched. */
	async #open(id: string): Promise<void> {
		if (this.#place === undefined) return;
		if (id.startsWith('tag:')) return void commands.executeCommand('jarvis.search', id);
		if (id.startsWith('missing:')) return this.centre({ ...this.#place, id });
		const column = window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined)?.viewColumn;
		try {
			await openAt(uriOfPlace({ ...this.#place, id }), 1, { viewColumn: column ?? ViewColumn.Beside });
		} catch (error) {
			// It may be gone since it was drawn.
			void window.showErrorMessage(error instanceof Error ? error.message : String(error));
		}
	}

	#drawSoon(): void {
		clearTimeout(this.#timer);
		if (this.#isReady) this.#timer = setTimeout(() => void this.#draw(), changeMs);
	}

	async #draw(): Promise<void> {
		const place = this.#place;
		const choice = this.#choice;
		this.#request.cancel();
		this.#request = new CancellationTokenSource();
		const { token } = this.#request;
		if (!this.#isReady || choice === undefined) return;
		const state = this.#stateOf(place);
		if (state !== undefined || place === undefined)
			return this.#tellState(state?.state ?? 'noNote', state?.reason);
		const { folder, id } = place;
		const { depth, direction } = choice;
		try {
			const question = { folder, verb: 'neighborhood', of: id, depth, direction } as const;
			const result = await this.#host.session.graph(question, token);
			if (token.isCancellationRequested || result.verb !== 'neighborhood') return;
			this.#tellDrawing(makeDrawing(result, choice), choice);
		} catch (error) {
			if (token.isCancellationRequested) return;
			this.#host.log.warn(`No graph around ${id}: ${error}`);
			this.#tellState('failed', error instanceof Error ? error.message : String(error));
		}
	}

	#stateOf(
		place: GraphPlace | undefined,
	): { readonly state: GraphState; readonly reason?: string } | undefined {
		const { state } = this.#host.session;
		if (localFolders().length === 0) return { state: 'noFolder' };
		if (state.kind === 'stopped') return { state: 'stopped', reason: state.reason };
		if (place === undefined) return { state: 'noNote' };
		return state.kind === 'running' && state.status !== undefined ? undefined : { state: 'starting' };
	}

	#tellState(state: GraphState, reason?: string): void {
		this.#tellOnce({ kind: 'state', state, ...(reason === undefined ? {} : { reason }) });
	}

	#tellDrawing(drawing: Drawing, choice: Choice): void {
		this.#tellOnce({ kind: 'drawing', drawing, choice });
	}

	#tellOnce(message: ToGraphPage): void {
		const text = JSON.stringify(message);
		if (text === this.#told) return;
		this.#told = text;
		this.#tell(message);
	}

	#tell(message: ToGraphPage): void {
		if (this.#isReady) void this.#panel.webview.postMessage(message);
	}
}

/** Before anything was chosen. */
function usualChoice(): Choice {
	const depth = workspace.getConfiguration('jarvis').get('graph.depth', 2);
	return { depth: Math.min(5, Math.max(1, depth)), direction: 'both', hiddenKinds: [] };
}
