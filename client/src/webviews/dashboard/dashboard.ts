import { type Disposable, l10n, ViewColumn, type WebviewPanel, window } from 'vscode';
import { type DashboardHost, DashboardPage } from './dashboardPage.ts';

/** Also the name under which VS Code brings the panel back after a reload of the window. */
const viewType = 'jarvis.dashboard';

/** The one dashboard of a window. */
export class Dashboard implements Disposable {
	readonly #host: DashboardHost;
	readonly #registration: Disposable;
	#panel: WebviewPanel | undefined;

	constructor(host: DashboardHost) {
		this.#host = host;
		this.#registration = window.registerWebviewPanelSerializer(viewType, {
			deserializeWebviewPanel: async (panel) => this.#adopt(panel),
		});
	}

	/** Opens the dashboard, or brings it to the front. */
	show(): void {
		if (this.#panel) return this.#panel.reveal();
		const title = l10n.t('Jarvis Performance');
		this.#adopt(window.createWebviewPanel(viewType, title, ViewColumn.Active));
	}

	dispose(): void {
		this.#registration.dispose();
		this.#panel?.dispose();
	}

	#adopt(panel: WebviewPanel): void {
		this.#panel?.dispose();
		this.#panel = panel;
		const page = new DashboardPage(this.#host, panel);
		panel.onDidDispose(() => {
			page.dispose();
			if (this.#panel === panel) this.#panel = undefined;
		});
	}
}
