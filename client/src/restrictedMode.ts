import { type Disposable, EventEmitter, Uri, workspace } from 'vscode';
import { localFolders } from './notes.ts';

/** Tells whether an untrusted workspace carries settings of ours, which VS Code ignores until it is trusted. */
export class RestrictedMode implements Disposable {
	readonly #changed = new EventEmitter<void>();
	readonly onDidChange = this.#changed.event;
	readonly #subscriptions: readonly Disposable[];
	#ignored = false;

	constructor() {
		const look = () => void this.#look();
		this.#subscriptions = [
			workspace.onDidGrantWorkspaceTrust(look),
			workspace.onDidChangeWorkspaceFolders(look),
			workspace.onDidSaveTextDocument((document) => isSettingsFile(document.uri) && look()),
		];
		look();
	}

	/** True while settings of the workspace are ignored. */
	get ignoresSettings(): boolean {
		return this.#ignored;
	}

	dispose(): void {
		for (const subscription of this.#subscriptions) subscription.dispose();
		this.#changed.dispose();
	}

	async #look(): Promise<void> {
		const ignored = !workspace.isTrusted && (await settingsFilesMention('jarvis.'));
		if (ignored === this.#ignored) return;
		this.#ignored = ignored;
		this.#changed.fire();
	}
}

/** Reads the files because `inspect()` hides restricted values of an untrusted workspace, even that there are some. */
async function settingsFilesMention(prefix: string): Promise<boolean> {
	const files = localFolders().map((folder) => Uri.joinPath(folder.uri, '.vscode', 'settings.json'));
	if (workspace.workspaceFile?.scheme === 'file') files.push(workspace.workspaceFile);
	const texts = await Promise.all(files.map(readText));
	return texts.some((text) => text.includes(`"${prefix}`));
}

async function readText(uri: Uri): Promise<string> {
	try {
		return new TextDecoder().decode(await workspace.fs.readFile(uri));
	} catch {
		return ''; // Most folders have no settings file.
	}
}

function isSettingsFile(uri: Uri): boolean {
	return (
		uri.path.endsWith('/.vscode/settings.json') || uri.toString() === workspace.workspaceFile?.toString()
	);
}
