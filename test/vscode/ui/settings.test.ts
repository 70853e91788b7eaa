/** Settings: where they stand, that they arrive, and what is asked before notes are shared, in the real VS Code on one page. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { freePort } from '../../../scripts/host/freePort.ts';
import { openWindow, statusItem } from '../harness/openWindow.ts';
import type { Workbench } from '../harness/workbench.ts';

const shots = 'settings';

let workbench: Workbench;
let settingsFile: string;
let nobody: string;

beforeAll(async () => {
	const opened = await openWindow({}, { settings: { 'jarvis.search.limit': 3 }, shots });
	({ workbench } = opened);
	// The user's own are read again by a reload only, where something else than VS Code writes them.
	const folder = join(opened.sandbox.vault, '.vscode');
	mkdirSync(folder);
	settingsFile = join(folder, 'settings.json');
	writeFileSync(settingsFile, '{}');
	nobody = `bolt://127.0.0.1:${await freePort()}`;
	return opened.close;
}, 240_000);

beforeEach(({ task }) => {
	onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
});

const shoot = (name: string) => workbench.page.screenshot({ path: `out/screenshots/${shots}/${name}.png` });
const question = () => workbench.page.locator('.monaco-dialog-box', { hasText: 'Share the notes of this' });
const read = () => JSON.parse(readFileSync(settingsFile, 'utf8'));
const change = (settings: object) => writeFileSync(settingsFile, JSON.stringify({ ...read(), ...settings }));

test('they stand by topic', async () => {
	await workbench.run('Jarvis: Open Settings');
	const topic = (name: RegExp) => workbench.page.locator('.settings-toc-entry', { hasText: name });
	for (const name of [/^Search/, /^Model/, /^Indexing/, /^Memory/, /^Neo4j/, /^Vector Index/])
		await topic(name).first().waitFor();
	await topic(/^Memory/)
		.first()
		.click();
	await workbench.page.locator('.setting-item-label', { hasText: 'Limit Mb' }).first().waitFor();
	await shoot('topics');
	await workbench.run('View: Close All Editors');
});

test('what is set arrives at the search server', async () => {
	await workbench.run('Jarvis: Search Notes');
	await workbench.quickInputBox.fill('bread');
	await workbench.quickInputRow('Show more results').waitFor();
	expect(await workbench.quickInputRow().count()).toBe(4);
	await workbench.page.keyboard.press('Escape');
});

test('notes are shared with a team only after a yes, and an Enter is none', async () => {
	change({ 'jarvis.graph.backend': 'neo4j', 'jarvis.neo4j.uri': nobody, 'jarvis.team.enabled': true });
	await question().getByText('The text of every passage').waitFor();
	await question().getByText(nobody).waitFor();
	await shoot('team-question');
	await workbench.page.keyboard.press('Enter');
	await question().waitFor({ state: 'detached' });
	await expect.poll(() => read()['jarvis.team.enabled']).toBe(false);
});

test('with a yes they are, and with sharing turned off it is asked whether what was sent is to go', async () => {
	// At another address, which is asked about whether or not VS Code has read the file since it wrote it.
	change({ 'jarvis.team.enabled': true, 'jarvis.neo4j.uri': nobody.replace('127.0.0.1', 'localhost') });
	await workbench.dialogButton('Share').click();
	await question().waitFor({ state: 'detached' });
	change({ 'jarvis.team.enabled': false });
	const told = workbench.toast('Notes of this workspace are no longer shared.');
	await told.getByRole('button', { name: 'Keep' }).click();
});

test('a Neo4j that is away is told of in the menu, in full, and is not the index’s fault', async () => {
	await workbench.statusItem(statusItem).click();
	const row = workbench.quickInputRow(/Neo4j\s*Degraded/);
	await row.waitFor({ timeout: 30_000 });
	await workbench.quickInputRow(/Index\s*Healthy/).waitFor();
	await shoot('menu-neo4j');
	await row.click();
	const told = workbench.toast('Links are answered from the embedded graph meanwhile');
	await told.getByText("can't be reached").waitFor();
	await told.getByRole('button', { name: 'Run Doctor' }).waitFor();
	await shoot('neo4j-away');
});
