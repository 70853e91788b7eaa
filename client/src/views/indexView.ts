import {
	type Disposable,
	EventEmitter,
	l10n,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	TreeItemCollapsibleState,
	Uri,
	window,
} from 'vscode';
import type { UnindexedResult } from '../../../server/src/protocol/control.ts';
import { displayLanguage } from '../displayLanguage.ts';
import { localFolders } from '../notes.ts';
import type { RestrictedMode } from '../restrictedMode.ts';
import type { Session } from '../session.ts';
import { type IndexRow, indexRows } from './indexRows.ts';
import { restrictedModeText } from './statusText.ts';

const REFRESH_MS = 1000;

type IndexNode =
	| { readonly kind: 'restricted' }
	| { readonly kind: 'row'; readonly row: IndexRow }
	| { readonly kind: 'unindexed'; readonly count: number }
	| { readonly kind: 'file'; readonly file: UnindexedResult['notes'][number] };

/** Index: what is in it, and which notes are not, with the reason. */
export class IndexView implements TreeDataProvider<IndexNode>, Disposable {
	readonly #changed = new EventEmitter<void>();
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #session: Session;
	readonly #restricted: RestrictedMode;
	readonly #subscriptions: readonly Disposable[];
	#timer: NodeJS.Timeout | undefined;

	constructor(session: Session, restricted: RestrictedMode) {
		this.#session = session;
		this.#restricted = restricted;
		const refresh = () => this.#refreshSoon();
		this.#subscriptions = [
			session.onDidChange(refresh),
			restricted.onDidChange(refresh),
			window.createTreeView('jarvis.index', { treeDataProvider: this }),
			this.#changed,
		];
	}

	dispose(): void {
		clearTimeout(this.#timer);
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	getTreeItem(node: IndexNode): TreeItem {
		switch (node.kind) {
			case 'restricted':
				return restrictedItem();
			case 'row':
				return rowItem(node.row);
			case 'unindexed':
				return unindexedItem(node.count);
			case 'file':
				return fileItem(node.file);
		}
	}

	async getChildren(node?: IndexNode): Promise<IndexNode[]> {
		if (node?.kind === 'unindexed') {
			const { notes } = await this.#session.unindexed();
			return notes.map((file) => ({ kind: 'file', file }));
		}
		return node ? [] : this.#roots();
	}

	#roots(): IndexNode[] {
		const { state } = this.#session;
		// Without a status the welcome content speaks.
		if (state.kind !== 'running' || !state.status) return [];
		const rows = indexRows(state.status, displayLanguage);
		const { skipped } = state.status.index;
		return [
			...(this.#restricted.ignoresSettings ? [{ kind: 'restricted' } as const] : []),
			...rows.map((row) => ({ kind: 'row', row }) as const),
			...(skipped > 0 ? [{ kind: 'unindexed', count: skipped } as const] : []),
		];
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

function rowItem({ id, label, description, icon }: IndexRow): TreeItem {
	const item = new TreeItem(label);
	item.id = id;
	item.description = description;
	item.tooltip = description ? `${label}: ${description}` : label;
	item.iconPath = new ThemeIcon(icon);
	return item;
}

function unindexedItem(count: number): TreeItem {
	const item = new TreeItem(l10n.t('Not indexed'), TreeItemCollapsibleState.Collapsed);
	item.id = 'unindexed';
	item.description = String(count);
	item.iconPath = new ThemeIcon('circle-slash');
	return item;
}

function fileItem({ uri, folder, path, reason }: UnindexedResult['notes'][number]): TreeItem {
	const item = new TreeItem(localFolders().length > 1 ? `${folder}/${path}` : path);
	item.id = uri;
	item.description = reason;
	item.tooltip = `${path}\n${reason}`;
	item.iconPath = ThemeIcon.File;
	item.resourceUri = Uri.parse(uri);
	// `vscode.open`, since what is not indexed may not be text.
	item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri)] };
	return item;
}
