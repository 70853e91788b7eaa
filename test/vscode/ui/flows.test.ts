/** What only the window shows. All flows are on one page, since a new one takes long; each brings the window to where it begins. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { freePort } from '../../../scripts/host/freePort.ts';
import { shortNote } from '../../support/manyNotes.ts';
import { startHub } from '../../support/smallHub.ts';
import { openWindow, statusItem } from '../harness/openWindow.ts';
import { pottery } from '../harness/pottery.ts';
import { renderedPage } from '../harness/webviewPage.ts';
import type { Workbench } from '../harness/workbench.ts';

const question = 'heating ceramics slowly so that they do not break';

let workbench: Workbench;
let vault: string;
let hubPort: number;

beforeAll(async () => {
	hubPort = await freePort();
	const env = { HF_ENDPOINT: `http://127.0.0.1:${hubPort}` };
	const opened = await openWindow(pottery, { env });
	({ workbench } = opened);
	({ vault } = opened.sandbox);
	return opened.close;
}, 240_000);

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

test('a word is found while it is still being typed', async () => {
	await search('feldsp');
	await workbench.quickInputRow().first().filter({ hasText: 'Celadon' }).waitFor();
	await workbench.page.keyboard.press('Escape');
});

test('more results follow the first ten, and the highlight goes on from there', async () => {
	await search('how to remember what I did');
	await workbench.quickInputRow().nth(3).waitFor();
	const more = workbench.quickInput.locator('.monaco-list-row.focused', { hasText: 'Show more results' });
	const pageDown = async () => {
		await workbench.page.keyboard.press('PageDown');
		return more.count();
	};
	await expect.poll(pageDown, { timeout: 30_000, interval: 200 }).toBe(1);
	await workbench.screenshot('search-more');
	await workbench.page.keyboard.press('Enter');
	const eleventh = workbench.quickInput.locator('.monaco-list-row.focused[data-index="10"]');
	await eleventh.filter({ hasNotText: 'Show more results' }).waitFor();
	await workbench.page.keyboard.press('Escape');
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

test('the Index view lists only files of the states that are chosen', async () => {
	await workbench.showView('Index', 'Jarvis: Focus on Index View');
	const toggle = async (state: string) => {
		await workbench.run('Jarvis: Filter Files of the Index');
		await workbench.quickInputRow(state).click();
		await workbench.page.keyboard.press('Enter');
	};
	await toggle('Skipped');
	await workbench.treeRow('Index', /^Skipped/).waitFor({ state: 'detached' });
	await workbench.treeRow('Index', /^Indexed\d+$/).waitFor();
	await toggle('Skipped');
	await workbench.treeRow('Index', /^Skipped/).waitFor();
});

test('why a note is not found is told, with what would change it', async () => {
	await workbench.openFile('pottery/Celadon.md');
	await workbench.run('Jarvis: Why Was This Not Found?');
	await workbench.quickInputBox.fill('tag:nowhere glaze');
	await workbench.page.keyboard.press('Enter');
	await workbench.quickInputRow('pottery/Celadon.md').first().click();
	const dialog = workbench.page.locator('.monaco-dialog-box');
	await dialog.filter({ hasText: 'tag:nowhere leaves it out' }).waitFor();
	await workbench.screenshot('why-not-found');
	await workbench.page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'detached' });
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

test('a model is downloaded only after a yes, and the first is still there afterwards', async () => {
	const shipped = 'dist/models/all-MiniLM-L6-v2-int8';
	const prefix = '/owner/minilm/resolve/main';
	const files = {
		[`${prefix}/onnx/model_quantized.onnx`]: readFileSync(join(shipped, 'model.onnx')),
		[`${prefix}/tokenizer.json`]: readFileSync(join(shipped, 'tokenizer.json')),
		[`${prefix}/config.json`]: Buffer.from('{"hidden_size":384}'),
	};
	const hub = await startHub(files, hubPort);
	await workbench.run('Jarvis: Choose Model');
	await workbench.quickInputRow(/fastest.*comes with Jarvis · 22\.6 MB/).waitFor();
	await workbench.quickInputRow(/balanced.*to be downloaded · [\d.]+ MB.*passages to read/).waitFor();
	await workbench.screenshot('models');
	await workbench.page.keyboard.press('Escape');

	const dialog = workbench.page.locator('.monaco-dialog-box');
	const choose = async () => {
		await workbench.run('Jarvis: Choose Model');
		await workbench.quickInputRow('Another model, by its id').click();
		await workbench.quickInputBox.fill('owner/minilm');
		await workbench.page.keyboard.press('Enter');
		await dialog.filter({ hasText: 'owner/minilm is downloaded' }).waitFor();
	};
	await choose();
	await workbench.screenshot('model-question');
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	expect(hub.asked).toEqual([]);
	await choose();
	await dialog.getByRole('button', { name: 'Download and Use' }).click();
	await expect.poll(() => isChosen('owner/minilm'), { timeout: 60_000 }).toBe(true);
	expect(hub.asked).not.toEqual([]);

	await workbench.run('Jarvis: Choose Model');
	await workbench.quickInputRow(/owner\/minilm.*on this machine/).waitFor();
	await workbench.quickInputRow(/fastest.*has read every passage already/).click();
	await dialog.getByRole('button', { name: 'Use', exact: true }).click();
	await expect.poll(() => isChosen('fastest'), { timeout: 30_000 }).toBe(true);
});

test('search quality is measured by the links, and shown on a page that asks nothing when it closes', async () => {
	await workbench.run('Jarvis: Measure Search Quality');
	await workbench.activeTab('Search quality').waitFor({ timeout: 60_000 });
	await renderedPage(workbench.page, 'Search quality', /^\d+ links hidden/);
	await renderedPage(workbench.page, 'Search quality', /^\d\.\d{3}$/);
	await workbench.screenshot('search-quality');
	await workbench.run('Notifications: Clear All Notifications');
});

test('the list of an open search follows notes and vectors as they come', async () => {
	await search('"round 1 of 2004"');
	await workbench.quickInputRow('No note matches').waitFor();
	const title = workbench.quickInput.locator('.quick-input-title');
	const partly = title.getByText(/^Search Notes · \d+ % embedded$/).waitFor({ timeout: 60_000 });
	for (let at = 1700; at < 2100; at++) writeFileSync(join(vault, `many ${at}.md`), shortNote(at, 1));
	await workbench.quickInputRow('Note 2004').waitFor({ timeout: 60_000 });
	await partly;
	await workbench.screenshot('search-growing');
	await title.getByText(/^Search Notes$/).waitFor({ timeout: 60_000 });
	await workbench.page.keyboard.press('Escape');
});

async function search(query: string): Promise<void> {
	await workbench.run('Jarvis: Search Notes');
	await workbench.quickInput.getByPlaceholder('What do you remember of the note?').fill(query);
}

/** Whether the model pick has its mark at a model. */
async function isChosen(model: string): Promise<boolean> {
	await workbench.run('Jarvis: Choose Model');
	await workbench.quickInputRow('fastest').waitFor();
	const marks = await workbench.quickInputRow(model).locator('.codicon-check').count();
	await workbench.page.keyboard.press('Escape');
	return marks === 1;
}
