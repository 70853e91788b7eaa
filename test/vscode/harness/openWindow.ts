import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPage, startBrowser } from './browser.ts';
import { type EditorOptions, startEditor } from './editor.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { Workbench } from './workbench.ts';

/** Of Jarvis in the status bar. */
export const statusItem = 'jarvis-notes.jarvis-notes.jarvis.status';

export interface WindowOptions extends Omit<EditorOptions, 'trust'> {
	/** Pixels; a browser's own where it is left out. */
	readonly size?: { readonly width: number; readonly height: number };
	/** Folder below `out/screenshots/` that is to be there. */
	readonly shots?: string;
}

export interface OpenedWindow {
	readonly workbench: Workbench;
	readonly sandbox: Sandbox;
	/** Address of a window on another folder, or on none. */
	readonly url: (folder?: string) => string;
	/** Ends browser and editor, and deletes what they wrote. */
	readonly close: () => Promise<void>;
}

/** A window of the real VS Code on the sample vault, with `files` added, once everything in it is indexed. */
export async function openWindow(
	files: Parameters<typeof createSandbox>[0],
	{ size, shots = '', ...options }: WindowOptions = {},
): Promise<OpenedWindow> {
	mkdirSync(join('out', 'screenshots', shots), { recursive: true });
	const sandbox = createSandbox(files);
	const disposals: (() => unknown)[] = [() => sandbox.dispose()];
	const close = async () => {
		for (const dispose of disposals.splice(0).reverse()) await dispose();
	};
	try {
		const editor = await startEditor(sandbox, { trust: 'trusted', ...options });
		disposals.push(() => editor.stop());
		const browser = await startBrowser();
		disposals.push(() => browser.close());
		const workbench = new Workbench(await openPage(browser));
		if (size !== undefined) await workbench.page.setViewportSize(size);
		await workbench.open(editor.url(sandbox.vault));
		// Memory is shown in place of the progress once everything is indexed.
		await workbench.statusItem(statusItem).getByText('MB').waitFor({ timeout: 90_000 });
		const url = (folder?: string) =>
			folder === undefined ? `http://127.0.0.1:${editor.port}/?ew=true` : editor.url(folder);
		return { workbench, sandbox, url, close };
	} catch (error) {
		await close();
		throw error;
	}
}
