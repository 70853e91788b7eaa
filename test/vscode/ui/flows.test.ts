/** What only the window shows. All flows are on one page, since a new one takes long; each brings the window to where it begins. */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { openPage, startBrowser } from '../harness/browser.ts';
import { startEditor } from '../harness/editor.ts';
import { pottery } from '../harness/pottery.ts';
import { createSandbox } from '../harness/sandbox.ts';
import { Workbench } from '../harness/workbench.ts';

const statusItem = 'jarvis-notes.jarvis-notes.jarvis.status';
const question = 'heating ceramics slowly so that they do not break';

let workbench: Workbench;
const disposals: (() => unknown)[] = [];

beforeAll(async () => {
	mkdirSync('out/screenshots', { recursive: true });
	const sandbox = createSandbox(pottery);
	disposals.push(() => sandbox.dispose());
	const editor = await startEditor(sandbox, { trust: 'trusted' });
	disposals.push(() => editor.stop());
	const browser = await startBrowser();
	disposals.push(() => browser.close());
	workbench = new Workbench(await openPage(browser));
	await workbench.open(editor.url(sandbox.vault));
	// Memory is shown in place of the progress once everything is indexed.
	await workbench.statusItem(statusItem).getByText('MB').waitFor({ timeout: 90_000 });
}, 240_000);

afterAll(async () => {
	for (const dispose of disposals.reverse()) await dispose();
});

beforeEach(async ({ task }) => {
	onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
	await workbench.run('View: Close All Editors');
	await workbench.quickInput.waitFor({ state: 'hidden' });
});

test('a search previews its best hit at the line, and Escape brings the old editor back', async () => {
	await workbench.openFile('pottery/Celadon.md');
	await search(question);
	await workbench.quickInputRow('Kiln log').first().waitFor();
	await workbench.activeTab('Kiln log.md').waitFor();
	await workbench.editorLine('The kiln climbs').waitFor();
	await workbench.screenshot('search');
	await workbench.page.keyboard.press('Escape');
	await workbench.activeTab('Celadon.md').waitFor();
	await expect.poll(() => workbench.page.locator('.tab').count()).toBe(1);
});

test('Enter opens the best hit at its line', async () => {
	await search(question);
	await workbench.quickInputRow('Kiln log').first().waitFor();
	await workbench.page.keyboard.press('Enter');
	await workbench.quickInput.waitFor({ state: 'hidden' });
	await workbench.activeTab('Kiln log.md').waitFor();
	await expect.poll(() => workbench.cursor.textContent()).toMatch(/^Ln [3-7], Col 1$/);
	await workbench.screenshot('search-opened');
});

test('a hover on a link shows related notes, and opens one', async () => {
	await workbench.openFile('pottery/Wheel throwing.md');
	await workbench.editorLine('What is dry').getByText('Celadon', { exact: true }).hover();
	const hover = workbench.hover.filter({ hasText: 'Related to “Celadon”' }).first();
	await hover.waitFor();
	await workbench.screenshot('hover');
	await hover.getByText('Kiln log').click();
	await workbench.activeTab('Kiln log.md').waitFor();
});

test('the Related Notes view follows the active editor', async () => {
	await workbench.showView('Related Notes', 'Jarvis: Show Related Notes');
	await workbench.openFile('pottery/Celadon.md');
	await workbench.treeRow('Related Notes', 'Kiln log').waitFor();
	await workbench.screenshot('related-notes');
	await workbench.openFile('pottery/Kiln log.md');
	await workbench.treeRow('Related Notes', 'Celadon').waitFor();
	await workbench.treeRow('Related Notes', 'Kiln log').waitFor({ state: 'detached' });
});

test('the Index view counts the notes and tells why one is not indexed', async () => {
	await workbench.showView('Index', 'Jarvis: Focus on Index View');
	await workbench.treeRow('Index', /^Notes\d+$/).waitFor();
	await workbench.treeRow('Index', /^Embedded100 % of \d+ passages$/).waitFor();
	await workbench.treeRow('Index', /^Skipped/).click();
	await workbench.treeRow('Index', /Old recipe\.md.*UTF-8/).waitFor();
	await workbench.screenshot('index');
});

test('the status bar shows memory and time, and opens the menu, which rebuilds the index', async () => {
	const item = workbench.statusItem(statusItem);
	await expect.poll(() => item.textContent()).toMatch(/\d+ MB · [\d.]+ ms/);
	await item.hover();
	await workbench.hover.filter({ hasText: 'Memory of the model' }).waitFor();
	await workbench.screenshot('status-tooltip');
	await item.click();
	await workbench.quickInputRow('Pause Indexing').waitFor();
	await workbench.screenshot('status-menu');
	await workbench.quickInputRow('Rebuild Index').click();
	await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Rebuild' }).click();
	await workbench.page.locator('.statusbar-item', { hasText: 'reading every note again' }).waitFor();
	await expect.poll(() => item.textContent(), { timeout: 60_000 }).toMatch(/MB/);
});

async function search(query: string): Promise<void> {
	await workbench.run('Jarvis: Search Notes');
	await workbench.quickInput.getByPlaceholder('What do you remember of the note?').fill(query);
}
