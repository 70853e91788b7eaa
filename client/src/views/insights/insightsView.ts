import {
	commands,
	type Disposable,
	EventEmitter,
	type TreeDataProvider,
	type TreeItem,
	type TreeView,
	window,
	workspace,
} from 'vscode';
import type { GraphStatus } from '../../../../server/src/protocol/status.ts';
import { displayLanguage } from '../../displayLanguage.ts';
import { isNote, localFolders } from '../../notes.ts';
import type { Session } from '../../session.ts';
import type { SessionState } from '../../sessionState.ts';
import {
	answerRows,
	emptyText,
	groupRows,
	type InsightFolder,
	type InsightGroup,
	type InsightRow,
	rowsBelow,
} from './insightRows.ts';
import { groupTreeItem, rowTreeItem } from './insightTreeItems.ts';

const REFRESH_MS = 1500;
/** Rows of a group and a folder at most. */
const LIMIT = 200;

/**
 * Insights: what the links between the notes tell.
 * VS Code asks a tree only for what is visible and open, so a group that nobody opened costs no request.
 */
export class InsightsView implements TreeDataProvider<InsightRow>, Disposable {
	readonly #changed = new EventEmitter<InsightRow | undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #session: Session;
	readonly #tree: TreeView<InsightRow>;
	readonly #subscriptions: readonly Disposable[];
	#progress: string;
	#timer: NodeJS.Timeout | undefined;
	/** Whether more than lines may have changed since the last refresh. */
	#areCountsStale = false;

	constructor(session: Session) {
		this.#session = session;
		this.#progress = progressOf(session.state);
		this.#tree = window.createTreeView('jarvis.insights', { treeDataProvider: this, showCollapseAll: true });
		this.#subscriptions = [
			this.#tree,
			this.#changed,
			session.onDidChange((state) => this.#onState(state)),
			// A link that went to another line, or to another note, may leave every count as it was.
			workspace.onDidSaveTextDocument(({ uri }) => isNote(uri) && this.#refreshSoon()),
		];
	}

	dispose(): void {
		clearTimeout(this.#timer);
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	getTreeItem(row: InsightRow): TreeItem {
		return row.kind === 'group' ? groupTreeItem(row.group, graphOf(this.#session.state)) : rowTreeItem(row);
	}

	async getChildren(row?: InsightRow): Promise<InsightRow[]> {
		if (row === undefined) return [...this.#groups()];
		return [...(row.kind === 'group' ? await this.#rowsOf(row.group) : rowsBelow(row, displayLanguage))];
	}

	/** None while there are no links: the welcome content says why. */
	#groups(): readonly InsightRow[] {
		const { state } = this.#session;
		const graph = graphOf(state);
		const hasLinks = graph !== undefined && graph.links + graph.unresolved > 0;
		const said = hasLinks ? 'links' : isSettled(state) ? 'none' : 'reading';
		void commands.executeCommand('setContext', 'jarvis.insights', said);
		return hasLinks ? groupRows : [];
	}

	async #rowsOf(group: InsightGroup): Promise<readonly InsightRow[]> {
		const answers = await Promise.all(
			localFolders().map(({ uri, name }) => this.#ask(group, { uri: uri.toString(), name })),
		);
		const rows = answers.flat();
		if (rows.length > 0) return rows;
		return [{ kind: 'text', id: `empty:${group}`, text: emptyText(group, displayLanguage) }];
	}

	async #ask(group: InsightGroup, folder: InsightFolder): Promise<readonly InsightRow[]> {
		try {
			const limit = group === 'orphans' || group === 'broken' ? { limit: LIMIT + 1 } : {};
			const answer = await this.#session.graph({ folder: folder.uri, verb: group, ...limit });
			return answerRows(answer, folder, LIMIT, displayLanguage);
		} catch (error) {
			// Why there is no answer, such as that no model has read the notes yet.
			const text = error instanceof Error ? error.message : String(error);
			return [{ kind: 'text', id: `failed:${group}:${folder.uri}`, text }];
		}
	}

	#onState(state: SessionState): void {
		const progress = progressOf(state);
		if (progress === this.#progress) return;
		this.#progress = progress;
		this.#areCountsStale = true;
		this.#refreshSoon();
	}

	/** Never starved by a steady stream of news. Hidden, the tree is told and asks for nothing until it is seen. */
	#refreshSoon(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			if (this.#areCountsStale) this.#changed.fire(undefined);
			// Bridges compare many notes, and hardly change with one.
			else for (const row of groupRows) if (row.group !== 'bridges') this.#changed.fire(row);
			this.#areCountsStale = false;
		}, REFRESH_MS);
	}
}

function graphOf(state: SessionState): GraphStatus | undefined {
	return state.kind === 'running' ? state.status?.graph : undefined;
}

/** Whether all notes are read, and so all links known. */
function isSettled(state: SessionState): boolean {
	if (state.kind !== 'running' || !state.status) return false;
	return !['opening', 'scanning', 'reading'].includes(state.status.index.state);
}

/** Differs where the tree may: vectors count once they are all there. */
function progressOf(state: SessionState): string {
	if (state.kind !== 'running' || !state.status) return state.kind;
	const { graph, index } = state.status;
	return [graph.links, graph.unresolved, index.notes, isSettled(state), index.state === 'ready'].join();
}
