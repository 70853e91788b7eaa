import {
	CancellationTokenSource,
	commands,
	type Disposable,
	EventEmitter,
	type TextEditor,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	TreeItemCollapsibleState,
	type Uri,
	window,
} from 'vscode';
import type { RelatedNote } from '../../../server/src/protocol/related.ts';
import { displayLanguage } from '../displayLanguage.ts';
import { isNote, localFolders } from '../notes.ts';
import type { Session } from '../session.ts';
import type { SessionState } from '../sessionState.ts';
import { relatedItem } from './relatedItems.ts';

const DEBOUNCE_MS = 200;

/** A related note, or one reason of it in words. */
export type RelatedNode =
	| { readonly kind: 'note'; readonly note: RelatedNote }
	| { readonly kind: 'reason'; readonly reason: string };

/**
 * Related Notes: follows the note in the active editor.
 * VS Code asks a tree for its children only while it is visible, so a hidden view costs no request.
 */
export class RelatedView implements TreeDataProvider<RelatedNode>, Disposable {
	readonly #changed = new EventEmitter<void>();
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #session: Session;
	readonly #subscriptions: readonly Disposable[];
	#note: Uri | undefined;
	#progress: string;
	#timer: NodeJS.Timeout | undefined;
	#request = new CancellationTokenSource();

	constructor(session: Session) {
		this.#session = session;
		this.#progress = progressOf(session.state);
		this.#subscriptions = [
			window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
			session.onDidChange((state) => this.#onState(state)),
			window.createTreeView('jarvis.related', { treeDataProvider: this, showCollapseAll: true }),
			this.#changed,
		];
		this.#follow(window.activeTextEditor);
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#request.cancel();
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	getTreeItem(node: RelatedNode): TreeItem {
		return node.kind === 'note' ? noteItem(node.note) : new TreeItem(node.reason);
	}

	async getChildren(node?: RelatedNode): Promise<RelatedNode[]> {
		if (node?.kind === 'note') return node.note.reasons.map((reason) => ({ kind: 'reason', reason }));
		if (node) return [];
		return (await this.#related()).map((note) => ({ kind: 'note', note }));
	}

	async #related(): Promise<readonly RelatedNote[]> {
		this.#request.cancel();
		this.#request = new CancellationTokenSource();
		const { token } = this.#request;
		const { kind } = this.#session.state;
		if (!this.#note || kind === 'idle' || kind === 'stopped') return say(this.#note ? 'none' : 'noNote', []);
		try {
			const { kind, related } = await this.#session.related({ uri: this.#note.toString() }, token);
			return token.isCancellationRequested ? [] : say(kind === 'unknown' ? 'unknown' : 'none', related);
		} catch (error) {
			if (token.isCancellationRequested) return [];
			throw error; // VS Code shows it in the view.
		}
	}

	#follow(editor: TextEditor | undefined): void {
		const shown = window.visibleTextEditors.some(({ document }) => sameUri(document.uri, this.#note));
		// The focus on an output panel or a webview leaves the last note where it is still to be seen.
		const note = editor && isNote(editor.document.uri) ? editor.document.uri : shown ? this.#note : undefined;
		if (sameUri(note, this.#note)) return;
		this.#note = note;
		this.#refreshSoon();
	}

	#onState(state: SessionState): void {
		const progress = progressOf(state);
		if (progress === this.#progress) return;
		this.#progress = progress;
		this.#refreshSoon();
	}

	#refreshSoon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#changed.fire(), DEBOUNCE_MS);
	}
}

/** Sets what the welcome content explains while the list is empty. */
function say<T>(state: 'noNote' | 'unknown' | 'none', list: readonly T[]): readonly T[] {
	void commands.executeCommand('setContext', 'jarvis.related', state);
	return list;
}

function noteItem(note: RelatedNote): TreeItem {
	const { label, description, tooltip } = relatedItem(note, localFolders().length > 1, displayLanguage);
	const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
	item.id = note.uri;
	item.description = description;
	item.tooltip = tooltip;
	item.iconPath = new ThemeIcon('note');
	item.contextValue = 'relatedNote';
	item.command = { command: 'jarvis.openNote', title: '', arguments: [note.uri, note.startLine] };
	item.accessibilityInformation = { label: `${label}, ${description}` };
	return item;
}

/** Differs where an answer may: other notes or vectors are in the index. */
function progressOf(state: SessionState): string {
	if (state.kind !== 'running' || !state.status) return state.kind;
	const { index } = state.status;
	return [index.state, index.notes, index.chunks, index.embedded].join();
}

function sameUri(a: Uri | undefined, b: Uri | undefined): boolean {
	return a?.toString() === b?.toString();
}
