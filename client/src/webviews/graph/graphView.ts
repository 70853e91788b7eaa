import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { type GraphHost, GraphPanel } from './graphPanel.ts';
import { placeGiven } from './graphPlace.ts';

/** Also the name under which VS Code brings the panel back after a reload of the window. */
const viewType = 'jarvis.graph';

/** The one graph of a window. */
export class GraphView implements Disposable {
	readonly #host: GraphHost;
	readonly #registration: Disposable;
	#panel: WebviewPanel | undefined;
	#page: GraphPanel | undefined;

	constructor(host: GraphHost) {
		this.#host = host;
		this.#registration = window.registerWebviewPanelSerializer(viewType, {
			deserializeWebviewPanel: async (panel) => this.#adopt(panel),
		});
	}

	/** Opens the graph beside the note, or brings it to the front; around `given`, a row of a view, where there is one. */
	show(given?: unknown): void {
		if (this.#panel === undefined) {
			const column = window.activeTextEditor === undefined ? ViewColumn.Active : ViewColumn.Beside;
			const shown = { viewColumn: column, preserveFocus: false };
			this.#adopt(window.createWebviewPanel(viewType, l10n.t('Jarvis Graph'), shown));
		} else this.#panel.reveal();
		const place = placeGiven(given);
		if (place !== undefined) this.#page?.centre(place);
	}

	dispose(): void {
		this.#registration.dispose();
		this.#panel?.dispose();
	}

	#adopt(panel: WebviewPanel): void {
		this.#panel?.dispose();
		this.#panel = panel;
		panel.iconPath = Uri.joinPath(this.#host.extensionUri, 'client', 'media', 'icon.png');
		const page = new GraphPanel(this.#host, panel);
		this.#page = page;
		panel.onDidDispose(() => {
			page.dispose();
			if (this.#panel !== panel) return;
			this.#panel = undefined;
			this.#page = undefined;
		});
	}
}
