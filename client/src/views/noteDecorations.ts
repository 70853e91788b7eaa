import {
	type Disposable,
	EventEmitter,
	type FileDecoration,
	type FileDecorationProvider,
	l10n,
	ThemeColor,
	type Uri,
	window,
	workspace,
} from 'vscode';
import type { LedgerEntry } from '../../../server/src/protocol/ledger.ts';
import type { Session } from '../session.ts';

const REFRESH_MS = 2000;
/** Files decorated at most: more are the first indexing of a folder, which the status bar tells of. */
const MOST = 1000;

/** Marks files that are not, or not wholly, indexed in every list of files, where `jarvis.index.decorations` is on. */
export class NoteDecorations implements FileDecorationProvider, Disposable {
	readonly #changed = new EventEmitter<undefined>();
	readonly onDidChangeFileDecorations = this.#changed.event;
	readonly #session: Session;
	readonly #subscriptions: readonly Disposable[];
	#entries: ReadonlyMap<string, LedgerEntry> = new Map();
	#timer: NodeJS.Timeout | undefined;

	constructor(session: Session) {
		this.#session = session;
		this.#subscriptions = [
			window.registerFileDecorationProvider(this),
			session.onDidChange(() => this.#refreshSoon()),
			workspace.onDidChangeConfiguration(
				(change) => change.affectsConfiguration('jarvis.index.decorations') && this.#refreshSoon(),
			),
			this.#changed,
		];
	}

	dispose(): void {
		clearTimeout(this.#timer);
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	provideFileDecoration(uri: Uri): FileDecoration | undefined {
		const entry = this.#entries.get(uri.toString());
		return entry === undefined ? undefined : decorationOf(entry);
	}

	#refreshSoon(): void {
		const isOn = workspace.getConfiguration('jarvis').get('index.decorations', false);
		if (!isOn && this.#entries.size === 0) return;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			void this.#refresh(isOn);
		}, REFRESH_MS);
	}

	async #refresh(isOn: boolean): Promise<void> {
		const isRunning = this.#session.state.kind === 'running';
		const entries =
			isOn && isRunning
				? (await this.#session.ledger({ states: ['pending', 'skipped', 'failed'], limit: MOST })).entries
				: [];
		const before = this.#entries;
		this.#entries = new Map(entries.map((entry) => [entry.uri, entry]));
		const isSame =
			before.size === this.#entries.size &&
			entries.every(({ uri, state, reason }) => {
				const old = before.get(uri);
				return old?.state === state && old.reason === reason;
			});
		if (!isSame) this.#changed.fire(undefined);
	}
}

function decorationOf({ state, reason }: LedgerEntry): FileDecoration {
	const tooltip = l10n.t('Jarvis: {0}', reason ?? state);
	switch (state) {
		case 'pending':
			return { badge: '…', tooltip };
		case 'failed':
			return { badge: '!', tooltip, color: new ThemeColor('list.warningForeground') };
		default:
			return { badge: '∅', tooltip, color: new ThemeColor('disabledForeground') };
	}
}
