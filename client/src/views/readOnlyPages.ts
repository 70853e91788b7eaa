import {
	commands,
	type Disposable,
	EventEmitter,
	extensions,
	l10n,
	TabInputCustom,
	TabInputText,
	type TextDocumentContentProvider,
	Uri,
	window,
	workspace,
} from 'vscode';

const SCHEME = 'jarvis-page';
/** VS Code's own preview, which stays with its page: the other, of “Open Preview”, goes on to the next note. */
const PREVIEW = 'vscode.markdown.preview.editor';

/** Pages that are nobody's files: they can't be edited, and close without a question. */
export class ReadOnlyPages implements TextDocumentContentProvider, Disposable {
	readonly #changed = new EventEmitter<Uri>();
	readonly onDidChange = this.#changed.event;
	readonly #contents = new Map<string, string>();
	#shown = 0;
	readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, this);

	provideTextDocumentContent({ path }: Uri): string {
		// A window that was reloaded brings its tabs back, and these are kept nowhere.
		return this.#contents.get(path) ?? l10n.t('What stood here was not kept. Run the command again.');
	}

	/** Shows `content`, markdown, in place of what the page of this title held before. */
	async show(title: string, content: string): Promise<void> {
		const path = `/${title}.md`;
		// The preview keeps what it rendered by address and version, and a document that was closed begins anew with the
		// first version: under its old address, the page would be shown as it was the first time.
		const uri = openPage(path) ?? Uri.from({ scheme: SCHEME, path, query: String(++this.#shown) });
		this.#contents.set(path, content);
		this.#changed.fire(uri);
		if (extensions.getExtension('vscode.markdown-language-features') === undefined)
			await window.showTextDocument(uri, { preview: false });
		else await commands.executeCommand('vscode.openWith', uri, PREVIEW, { preview: false });
	}

	dispose(): void {
		this.#registration.dispose();
		this.#changed.dispose();
	}
}

/** Address of the page of this path in some tab. */
function openPage(path: string): Uri | undefined {
	const inputs = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
	const uris = inputs.flatMap((input) =>
		input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : [],
	);
	return uris.find((uri) => uri.scheme === SCHEME && uri.path === path);
}
