import {
	commands,
	type Disposable,
	EventEmitter,
	extensions,
	l10n,
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
	readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, this);

	provideTextDocumentContent({ path }: Uri): string {
		// A window that was reloaded brings its tabs back, and these are kept nowhere.
		return this.#contents.get(path) ?? l10n.t('What stood here was not kept. Run the command again.');
	}

	/** Shows `content`, markdown, in place of what the page of this title held before. */
	async show(title: string, content: string): Promise<void> {
		const uri = Uri.from({ scheme: SCHEME, path: `/${title}.md` });
		this.#contents.set(uri.path, content);
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
