/** What the views say where there is nothing to show, in the real VS Code on one page. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, onTestFailed, test } from 'vitest';
import { type OpenedWindow, openWindow, statusItem } from '../harness/openWindow.ts';
import type { Workbench } from '../harness/workbench.ts';

const shots = 'empty';

let workbench: Workbench;
let opened: OpenedWindow;

beforeAll(async () => {
	opened = await openWindow({}, { shots });
	({ workbench } = opened);
	return opened.close;
}, 240_000);

beforeEach(({ task }) => {
	onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});

const shoot = (name: string) => workbench.page.screenshot({ path: `out/screenshots/${shots}/${name}.png` });

/** By its place at the edge of the window: the palette lists commands of views a while after a window has opened. */
async function showViews(): Promise<void> {
	await workbench.page.locator('.activitybar .action-item a[aria-label="Jarvis"]').click();
}

/** Waits until each view says this, and offers that. */
async function say(texts: Readonly<Record<string, readonly [text: string, button?: string]>>): Promise<void> {
	for (const [title, [text, button]] of Object.entries(texts)) {
		const view = workbench.view(title);
		await view.getByText(text).waitFor({ timeout: 30_000 });
		if (button !== undefined) await view.getByRole('button', { name: button }).first().waitFor();
	}
}

test('without a note in the editor', async () => {
	await workbench.showView('Related Notes', 'Jarvis: Focus on Related Notes View');
	await say({ 'Related Notes': ['Open a note to see the notes related to it.', 'Search Notes'] });
	await shoot('no-note');
});

test('without an index, until it is built again by a button of a view', async () => {
	await workbench.run('Jarvis: Delete Index');
	await workbench.dialogButton('Delete').click();
	const off = ['The index of this folder is off', 'Rebuild Index'] as const;
	await say({ 'Related Notes': off, Insights: off });
	await workbench.treeRow('Index', 'The index was deleted').waitFor();
	await shoot('no-index');
	await workbench.view('Insights').getByRole('button', { name: 'Rebuild Index' }).click();
	await workbench.treeRow('Insights', 'Hubs').waitFor({ timeout: 60_000 });
	await workbench.statusItem(statusItem).getByText('MB').waitFor({ timeout: 60_000 });
});

test('without notes in the folder', async () => {
	const folder = join(dirname(opened.sandbox.vault), 'empty');
	mkdirSync(folder);
	await workbench.open(opened.url(folder));
	await showViews();
	await say({
		'Related Notes': ['This folder holds no markdown notes yet.'],
		Insights: ['This folder holds no markdown notes yet.'],
		Index: ['This folder holds no markdown notes yet.'],
	});
	await shoot('no-notes');
});

test('without a folder', async () => {
	await workbench.open(opened.url());
	await showViews();
	const text = 'Open a folder of markdown notes to';
	await say({
		'Related Notes': [text, 'Open Folder'],
		Insights: [text, 'Open Folder'],
		Index: [text, 'Open Folder'],
	});
	await shoot('no-folder');
});
