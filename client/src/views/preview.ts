import {
	type Disposable,
	Range,
	type Selection,
	type Tab,
	TabInputText,
	type TextEditor,
	TextEditorRevealType,
	TextEditorSelectionChangeKind,
	ThemeColor,
	Uri,
	type ViewColumn,
	window,
} from 'vscode';
import type { Hit } from '../../../server/src/protocol/search.ts';
import { openAt } from '../openAt.ts';

// A held arrow key repeats every 30 ms: hits that are only passed by are not opened.
const DEBOUNCE_MS = 80;
/** Without a scroll event for so long, also a smooth scroll has come to rest. */
const SETTLED_MS = 60;

/** Shows passages in the editor while the user looks through hits, and puts everything back afterwards. */
export class Preview implements Disposable {
	readonly #before = snapshot();
	readonly #highlight = window.createTextEditorDecorationType({
		isWholeLine: true,
		backgroundColor: new ThemeColor('editor.rangeHighlightBackground'),
	});
	readonly #shown = new Set<string>();
	readonly #clicks: Disposable;
	#next: Hit | undefined;
	#timer: NodeJS.Timeout | undefined;
	#work: Promise<void> | undefined;
	#entered = false;

	constructor() {
		this.#clicks = window.onDidChangeTextEditorSelection(({ kind, textEditor }) => {
			const isShown = this.#shown.has(textEditor.document.uri.toString());
			if (kind === TextEditorSelectionChangeKind.Mouse && isShown) this.#entered = true;
		});
	}

	/** Shows a hit soon; of many in a row only the last, and never two at once. */
	show(hit: Hit): void {
		this.#next = hit;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#work ??= this.#showNext().finally(() => {
				this.#work = undefined;
			});
		}, DEBOUNCE_MS);
	}

	/** Brings back what was there before, unless the user clicked into the passage: then that is where they want to be. */
	async restore(): Promise<void> {
		await this.#end();
		if (this.#entered || this.#shown.size === 0) return;
		const { editor } = this.#before;
		if (editor) await reopen(editor);
		await this.#closeTabs();
	}

	/** Leaves the note `uri` open and closes the rest. */
	async keep(uri: Uri): Promise<void> {
		await this.#end();
		await this.#closeTabs(uri.toString());
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#clicks.dispose();
		this.#highlight.dispose();
	}

	async #end(): Promise<void> {
		clearTimeout(this.#timer);
		this.#next = undefined;
		await this.#work;
		this.dispose();
	}

	async #showNext(): Promise<void> {
		while (this.#next) {
			const hit = this.#next;
			this.#next = undefined;
			await this.#open(hit).catch(() => {}); // A note that has gone since can't be shown; the list says enough.
		}
	}

	async #open(hit: Hit): Promise<void> {
		const options = { viewColumn: this.#before.column, preserveFocus: true, preview: true };
		const editor = await openAt(Uri.parse(hit.uri), hit.startLine, options);
		const uri = editor.document.uri.toString();
		this.#shown.add(uri);
		const passage = new Range(hit.startLine - 1, 0, hit.endLine - 1, 0);
		editor.revealRange(passage, TextEditorRevealType.InCenter); // The pick itself covers the top.
		for (const other of window.visibleTextEditors) other.setDecorations(this.#highlight, []);
		editor.setDecorations(this.#highlight, [passage]);
		// Where preview tabs are switched off in the settings, each hit would leave a tab behind.
		await this.#closeTabs(uri);
	}

	/** Closes the tabs that previews opened, save that of `kept`. */
	async #closeTabs(kept?: string): Promise<void> {
		const ours = tabsIn(this.#before.column).filter((tab) => {
			const uri = textUri(tab);
			return uri && uri !== kept && this.#shown.has(uri) && !this.#before.open.has(uri) && !tab.isDirty;
		});
		if (ours.length > 0) await window.tabGroups.close(ours, true);
	}
}

interface Snapshot {
	readonly column: ViewColumn;
	/** The text editor that was active. */
	readonly editor: OldEditor | undefined;
	/** URIs with a tab in that column. */
	readonly open: ReadonlySet<string>;
}

interface OldEditor {
	readonly uri: Uri;
	readonly column: ViewColumn;
	readonly selections: readonly Selection[];
	readonly visible: Range | undefined;
	/** Whether its tab was itself a preview (in italics), which the first hit takes over. */
	readonly isPreview: boolean;
}

function snapshot(): Snapshot {
	const group = window.tabGroups.activeTabGroup;
	const editor = window.activeTextEditor;
	const isActive = editor !== undefined && textUri(group.activeTab) === editor.document.uri.toString();
	return {
		column: group.viewColumn,
		editor: isActive
			? {
					uri: editor.document.uri,
					column: group.viewColumn,
					selections: editor.selections,
					visible: editor.visibleRanges[0],
					isPreview: group.activeTab?.isPreview ?? false,
				}
			: undefined,
		open: new Set(
			tabsIn(group.viewColumn)
				.map(textUri)
				.filter((uri) => uri !== undefined),
		),
	};
}

/** VS Code itself remembers scroll and selection of an editor it left; only where a preview moved them they are set. */
async function reopen({ uri, column, selections, visible, isPreview }: OldEditor): Promise<void> {
	const options = { viewColumn: column, preserveFocus: true, preview: isPreview };
	const editor = await window.showTextDocument(uri, options);
	editor.selections = selections;
	if (visible) await scrollTo(editor, visible.start.line);
}

/** Sticky scroll keeps room for its lines above what is revealed; how many shows only afterwards. */
async function scrollTo(editor: TextEditor, line: number): Promise<void> {
	let target = line;
	for (let attempt = 0; attempt < 2; attempt++) {
		const top = editor.visibleRanges[0]?.start.line ?? line;
		if (top === line) return;
		if (attempt > 0) target = Math.min(line + (line - top), editor.document.lineCount - 1);
		editor.revealRange(new Range(target, 0, target, 0), TextEditorRevealType.AtTop);
		await scrollSettled(editor);
	}
}

function scrollSettled(editor: TextEditor): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			scrolls.dispose();
			resolve();
		};
		let timer = setTimeout(done, SETTLED_MS);
		const scrolls = window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
			if (textEditor !== editor) return;
			clearTimeout(timer);
			timer = setTimeout(done, SETTLED_MS);
		});
	});
}

function tabsIn(column: ViewColumn): readonly Tab[] {
	return window.tabGroups.all.find((group) => group.viewColumn === column)?.tabs ?? [];
}

function textUri(tab: Tab | undefined): string | undefined {
	return tab?.input instanceof TabInputText ? tab.input.uri.toString() : undefined;
}
