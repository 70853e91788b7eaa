import {
	CancellationTokenSource,
	commands,
	type Disposable,
	l10n,
	type QuickPick,
	Uri,
	ViewColumn,
	window,
	workspace,
} from 'vscode';
import type { Hit, SearchResult } from '../../../server/src/protocol/search.ts';
import { displayLanguage } from '../displayLanguage.ts';
import { localFolders } from '../notes.ts';
import { openAt } from '../openAt.ts';
import type { Session } from '../session.ts';
import { Preview } from './preview.ts';
import { isOutdated, type SearchItem, searchItems, searchTitle } from './searchItems.ts';
import { isSameLine, keepOrder, type SearchRow, searchRow, visiblePart, whyNot } from './searchRows.ts';

// Shorter than the gap between two keys of a fast typist (about 100 ms), so that every key is answered;
// longer than that of a repeating key (about 30 ms), so that holding Backspace asks once.
const DEBOUNCE_MS = 60;
/** While the index grows, the answer is fetched again this often: a list that changes faster can't be read. */
const REFRESH_MS = 1000;

/** The live search: one opening of the pick. */
export class SearchPick {
	readonly #session: Session;
	readonly #pick: QuickPick<SearchRow> = window.createQuickPick<SearchRow>();
	readonly #preview = new Preview();
	readonly #subscriptions: readonly Disposable[];
	#query = '';
	#pages: SearchResult[] = [];
	#request = new CancellationTokenSource();
	#timer: NodeJS.Timeout | undefined;
	#isRefreshDue = false;
	/** Enter came before the answer: its first hit is opened when it is there. */
	#opensFirst = false;
	#accepted = false;

	/** Opens the pick with `query` in it; `onQuery` is told what is asked next. */
	constructor(session: Session, query: string, onQuery: (query: string) => void) {
		this.#session = session;
		const pick = this.#pick;
		pick.placeholder = l10n.t(
			'What do you remember of the note? Also "exact phrase", -word, tag:, path:, title:, modified:>2026-01',
		);
		keepOrder(pick);
		pick.buttons = [whyNot];
		this.#subscriptions = [
			pick,
			pick.onDidChangeValue((value) => {
				if (value === this.#query) return; // The echo of the value it was opened with.
				onQuery(value);
				this.#ask(value, DEBOUNCE_MS);
			}),
			pick.onDidChangeActive(([row]) => row?.item.kind === 'hit' && this.#preview.show(row.item.hit)),
			pick.onDidAccept(() => this.#accept(pick.activeItems[0]?.item)),
			pick.onDidTriggerButton(() => void this.#leaveFor('jarvis.whyNotFound', { query: this.#query })),
			pick.onDidTriggerItemButton(({ item: { item } }) => item.kind === 'hit' && this.#openToSide(item.hit)),
			pick.onDidHide(() => this.#onHide()),
			session.onDidChange(() => this.#onState()),
		];
		// Set before it is shown, VS Code selects the value: typing replaces it, as in its own search.
		pick.value = query;
		this.#ask(query, 0);
		pick.show();
	}

	#ask(query: string, delayMs: number): void {
		this.#cancel();
		this.#query = query;
		this.#opensFirst = false;
		if (query.trim() === '') {
			this.#pages = [];
			this.#pick.busy = false;
			this.#pick.items = [];
			this.#renderTitle();
			return;
		}
		this.#pick.busy = true;
		this.#timer = setTimeout(() => void this.#fetch(query, 0), delayMs);
	}

	async #fetch(query: string, offset: number): Promise<void> {
		this.#cancel();
		this.#pick.busy = true;
		this.#renderTitle();
		const { token } = this.#request;
		try {
			const page = await this.#session.search({ query, offset, prefixLast: true }, token);
			if (token.isCancellationRequested) return;
			this.#pages = offset === 0 ? [page] : [...this.#pages, page];
			this.#render(offset);
		} catch (error) {
			if (token.isCancellationRequested) return;
			const message = error instanceof Error ? error.message : String(error);
			this.#pick.items = [searchRow({ kind: 'hint', label: `$(warning) ${message}` })];
		}
		this.#pick.busy = false;
		if (this.#opensFirst) this.#accept(this.#pick.items[0]?.item);
	}

	#onState(): void {
		this.#renderTitle();
		const [answer] = this.#pages;
		if (answer === undefined || this.#pick.busy || this.#isRefreshDue) return;
		if (!isOutdated(this.#session.state, answer)) return;
		this.#isRefreshDue = true;
		this.#timer = setTimeout(() => void this.#refresh(), REFRESH_MS);
	}

	/** Asks again for as many hits as are listed, and shows nothing of it but what has changed. */
	async #refresh(): Promise<void> {
		const { token } = this.#request;
		const listed = this.#pages.length > 1 ? { limit: this.#hitCount() } : {};
		try {
			const page = await this.#session.search({ query: this.#query, prefixLast: true, ...listed }, token);
			if (token.isCancellationRequested) return;
			this.#isRefreshDue = false;
			this.#pages = [page];
			this.#renderAgain();
		} catch {
			// What is listed stays; the next key press tells what is wrong, if it still is.
			if (!token.isCancellationRequested) this.#isRefreshDue = false;
		}
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#isRefreshDue = false;
		this.#request.cancel();
		this.#request = new CancellationTokenSource();
	}

	/** `from`: the first hit that is new, which is highlighted. */
	#render(from: number): void {
		const items = this.#items();
		this.#pick.keepScrollPosition = from > 0;
		this.#pick.items = items;
		const first = items[from];
		if (first && from > 0) this.#pick.activeItems = [first];
		this.#renderTitle();
	}

	/** The line that the user went to stays highlighted; else the first is, whichever that is by now. */
	#renderAgain(): void {
		this.#renderTitle();
		const items = this.#items();
		if (visiblePart(items) === visiblePart(this.#pick.items)) return;
		const active = this.#pick.activeItems[0]?.item;
		const isMoved = active !== this.#pick.items[0]?.item;
		this.#pick.keepScrollPosition = isMoved;
		this.#pick.items = items;
		const same = isMoved && items.find(({ item }) => isSameLine(item, active));
		if (same) this.#pick.activeItems = [same];
	}

	#items(): readonly SearchRow[] {
		return searchItems(this.#pages, this.#session.state, localFolders().length > 1, displayLanguage).map(
			searchRow,
		);
	}

	#renderTitle(): void {
		this.#pick.title = searchTitle(this.#session.state, this.#pages[0], displayLanguage);
	}

	#accept(item: SearchItem | undefined): void {
		const isAnswered = !this.#pick.busy;
		if (item?.kind === 'more' && isAnswered) void this.#fetch(this.#query, this.#hitCount());
		// What is listed while an answer is due belongs to the question before it.
		else if (!isAnswered) this.#opensFirst = true;
		else if (item?.kind === 'hit') void this.#open(item.hit);
		else if (item?.kind === 'command') void this.#leaveFor(item.command);
	}

	async #leaveFor(command: string, ...args: readonly unknown[]): Promise<void> {
		this.#pick.hide();
		await commands.executeCommand(command, ...args);
	}

	async #open(hit: Hit): Promise<void> {
		this.#accepted = true;
		this.#pick.hide();
		const uri = Uri.parse(hit.uri);
		await this.#preview.keep(uri);
		const preview = workspace.getConfiguration('workbench.editor').get('enablePreviewFromQuickOpen', false);
		await openAt(uri, hit.startLine, { preview });
	}

	async #openToSide(hit: Hit): Promise<void> {
		this.#accepted = true;
		this.#pick.hide();
		await this.#preview.restore();
		await openAt(Uri.parse(hit.uri), hit.startLine, { viewColumn: ViewColumn.Beside, preview: false });
	}

	async #onHide(): Promise<void> {
		this.#cancel();
		for (const subscription of this.#subscriptions) subscription.dispose();
		if (!this.#accepted) await this.#preview.restore();
	}

	#hitCount(): number {
		return this.#pages.reduce((count, page) => count + page.hits.length, 0);
	}
}
