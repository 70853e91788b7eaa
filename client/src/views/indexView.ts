import {
	type Disposable,
	EventEmitter,
	l10n,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	type TreeView,
	window,
} from 'vscode';
import type { LedgerEntry, LedgerExclusion } from '../../../server/src/protocol/ledger.ts';
import { displayLanguage } from '../displayLanguage.ts';
import type { RestrictedMode } from '../restrictedMode.ts';
import type { Session } from '../session.ts';
import { type IndexRow, indexRows } from './indexRows.ts';
import { exclusionItem, fileItem, groupItem, moreItem } from './ledgerItems.ts';
import { groupRows, type LedgerGroup, ledgerGroups } from './ledgerRows.ts';
import { restrictedModeText } from './statusText.ts';

const REFRESH_MS = 1000;
/** Files listed of a group at first, and by each “Show more…”. */
const PAGE = 200;

type IndexNode =
	| { readonly kind: 'restricted' }
	| { readonly kind: 'row'; readonly row: IndexRow }
	| { readonly kind: 'group'; readonly row: ReturnType<typeof groupRows>[number] }
	| { readonly kind: 'file'; readonly entry: LedgerEntry }
	| { readonly kind: 'exclusion'; readonly exclusion: LedgerExclusion }
	| { readonly kind: 'more'; readonly group: LedgerGroup };

/** Index: what is in it, and every file by its state, with the reason. */
export class IndexView implements TreeDataProvider<IndexNode>, Disposable {
	readonly #changed = new EventEmitter<void>();
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #session: Session;
	readonly #restricted: RestrictedMode;
	readonly #subscriptions: readonly Disposable[];
	readonly #tree: TreeView<IndexNode>;
	readonly #lengths = new Map<LedgerGroup, number>();
	#shown: ReadonlySet<LedgerGroup> = new Set(ledgerGroups);
	#timer: NodeJS.Timeout | undefined;

	constructor(session: Session, restricted: RestrictedMode) {
		this.#session = session;
		this.#restricted = restricted;
		const refresh = () => this.#refreshSoon();
		this.#tree = window.createTreeView('jarvis.index', { treeDataProvider: this });
		this.#subscriptions = [
			session.onDidChange(refresh),
			restricted.onDidChange(refresh),
			this.#tree,
			this.#changed,
		];
	}

	dispose(): void {
		clearTimeout(this.#timer);
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	get shownGroups(): ReadonlySet<LedgerGroup> {
		return this.#shown;
	}

	/** Lists the files of these groups alone. */
	show(groups: ReadonlySet<LedgerGroup>): void {
		this.#shown = groups;
		// What is left out would otherwise be missed, and looked for.
		this.#tree.description = groups.size === ledgerGroups.length ? '' : l10n.t('filtered');
		this.#changed.fire();
	}

	/** Lists another page of a group. */
	showMore(group: LedgerGroup): void {
		this.#lengths.set(group, (this.#lengths.get(group) ?? PAGE) + PAGE);
		this.#changed.fire();
	}

	getTreeItem(node: IndexNode): TreeItem {
		switch (node.kind) {
			case 'restricted':
				return restrictedItem();
			case 'row':
				return rowItem(node.row);
			case 'group':
				return groupItem(node.row);
			case 'file':
				return fileItem(node.entry);
			case 'exclusion':
				return exclusionItem(node.exclusion);
			case 'more':
				return moreItem(node.group);
		}
	}

	async getChildren(node?: IndexNode): Promise<IndexNode[]> {
		if (node === undefined) return this.#roots();
		return node.kind === 'group' ? this.#filesOf(node.row.group) : [];
	}

	async #roots(): Promise<IndexNode[]> {
		const { state } = this.#session;
		// Without a status the welcome content speaks.
		if (state.kind !== 'running' || !state.status) return [];
		const ledger = await this.#session.ledger({ limit: 0 });
		return [
			...(this.#restricted.ignoresSettings ? [{ kind: 'restricted' } as const] : []),
			...indexRows(state.status, displayLanguage).map((row) => ({ kind: 'row', row }) as const),
			...groupRows(ledger, this.#shown, displayLanguage).map((row) => ({ kind: 'group', row }) as const),
		];
	}

	async #filesOf(group: LedgerGroup): Promise<IndexNode[]> {
		if (group === 'excluded') {
			const { excluded } = await this.#session.ledger({ limit: 0 });
			return excluded.map((exclusion) => ({ kind: 'exclusion', exclusion }));
		}
		const limit = this.#lengths.get(group) ?? PAGE;
		const { entries, total } = await this.#session.ledger({ states: [group], limit });
		const files = entries.map((entry) => ({ kind: 'file', entry }) as const);
		return total > files.length ? [...files, { kind: 'more', group }] : files;
	}

	/** At most once a second, and never starved by a steady stream of news. */
	#refreshSoon(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#changed.fire();
		}, REFRESH_MS);
	}
}

function restrictedItem(): TreeItem {
	const text = restrictedModeText(displayLanguage);
	const item = new TreeItem(text);
	item.id = 'restricted';
	item.tooltip = text;
	item.iconPath = new ThemeIcon('shield');
	item.command = { command: 'workbench.trust.manage', title: l10n.t('Manage Trust') };
	return item;
}

function rowItem({ id, label, description, icon, command }: IndexRow): TreeItem {
	const item = new TreeItem(label);
	item.id = id;
	item.description = description;
	item.tooltip = description ? `${label}: ${description}` : label;
	item.iconPath = new ThemeIcon(icon);
	if (command !== undefined) item.command = { command, title: label };
	return item;
}
