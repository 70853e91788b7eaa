/** The graph and the Insights view in the real VS Code, on one page, since a new one takes long. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { beforeAll, expect, onTestFailed, test } from 'vitest';
import { openWindow } from '../harness/openWindow.ts';
import { pottery } from '../harness/pottery.ts';
import { accessibilityFaults, webviewFrame } from '../harness/webviewPage.ts';
import { themes, type Workbench } from '../harness/workbench.ts';

const shots = 'graph';
/** A note with links of every look: two ways, a relation, tags, one that leads nowhere. */
const plan = `---
up: "[[Kiln log]]"
---
# Firing plan

First [[Celadon]], then what came off the [[Wheel throwing]] table. Nobody wrote [[Raku at home]] yet, and
[[Celadonn]] is spelled wrong. #pottery/plans
`;

let workbench: Workbench;
let vault: string;

beforeAll(async () => {
	const files = { ...pottery, 'pottery/Firing plan.md': plan };
	const opened = await openWindow(files, { size: { width: 1440, height: 900 }, shots });
	({ workbench } = opened);
	({ vault } = opened.sandbox);
	return opened.close;
}, 240_000);

function graph(): Promise<Frame> {
	onTestFailed(({ task }) => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
	return webviewFrame(workbench.page, '#graph h1');
}

const titleOf = (frame: Frame) => frame.locator('h1').textContent();
const names = (frame: Frame) =>
	frame.locator('.node').evaluateAll((all) => all.map((made) => made.ariaLabel));

test('without a note it says what to do', async () => {
	await workbench.run('Jarvis: Show Graph');
	const frame = await graph();
	await frame.getByText('Open a note to see what is around it.').waitFor();
	await workbench.run('View: Close All Editors');
});

test('it shows what is around the note in the editor', async () => {
	await workbench.openFile('pottery/Firing plan.md');
	await workbench.run('Jarvis: Show Graph');
	const frame = await graph();
	await expect.poll(() => titleOf(frame)).toBe('Firing plan');
	await expect
		.poll(() => names(frame), { timeout: 30_000 })
		.toEqual(
			expect.arrayContaining([
				'Firing plan, note, centre, 6 links',
				expect.stringMatching(/^Celadon, note, 1 link away/),
				expect.stringMatching(/^Kiln log, note, 1 link away/),
				expect.stringMatching(/^raku at home, note that does not exist, 1 link away/),
				expect.stringMatching(/^pottery\/plans, tag, 1 link away/),
			]),
		);
});

test.each(themes)('in %s nothing is wrong for who sees or hears it otherwise', async (name, theme) => {
	await workbench.chooseTheme(theme);
	const frame = await graph();
	// It comes to rest.
	await workbench.page.waitForTimeout(1500);
	await workbench.page.screenshot({ path: `out/screenshots/${shots}/${name}.png` });
	expect(await accessibilityFaults(frame)).toEqual([]);
});

test('what is chosen is drawn, and still chosen when the page was hidden', async () => {
	const frame = await graph();
	await frame.getByLabel('Tags').uncheck();
	await expect.poll(async () => (await names(frame)).join()).not.toContain(', tag,');
	await frame.getByLabel('Depth').selectOption('1');
	await expect.poll(async () => (await names(frame)).join()).not.toContain('2 links away');
	await workbench.run('View: Toggle Maximize Editor Group');
	await workbench.run('Preferences: Open Settings (UI)');
	await expect.poll(() => frame.isDetached(), { timeout: 30_000 }).toBe(true);
	await workbench.page.keyboard.press('Control+w');
	const again = await graph();
	expect(await again.getByLabel('Depth').inputValue()).toBe('1');
	expect(await again.getByLabel('Tags').isChecked()).toBe(false);
	await workbench.run('View: Toggle Maximize Editor Group');
});

test('arrow keys walk through it, and Enter opens the note in the other column', async () => {
	const frame = await graph();
	await frame.locator('.node.centre').focus();
	const reached = new Set<string>();
	for (const key of [
		'ArrowUp',
		'ArrowRight',
		'ArrowDown',
		'ArrowDown',
		'ArrowLeft',
		'ArrowLeft',
		'ArrowUp',
	]) {
		await workbench.page.keyboard.press(key);
		reached.add((await frame.locator('.node:focus').getAttribute('aria-label')) ?? '');
	}
	expect(reached.size).toBeGreaterThan(2);
	await frame.locator('.node[data-id="pottery/Celadon.md"]').focus();
	await workbench.page.keyboard.press('Enter');
	await workbench.activeTab('Celadon.md').waitFor();
	await expect.poll(() => titleOf(frame)).toBe('Celadon');
	expect(await workbench.page.locator('.tab', { hasText: 'Celadon.md' }).count()).toBe(1);
});

test('a change of the note is drawn', async () => {
	const frame = await graph();
	await workbench.editorLine('A pale green glaze').click();
	await workbench.page.keyboard.press('End');
	await workbench.page.keyboard.type(' See [[Wheel throwing]] and [[Slip casting]].');
	await expect
		.poll(async () => (await names(frame)).join(), { timeout: 30_000 })
		.toMatch(/slip casting, note that does not exist/i);
	await workbench.run('File: Revert File');
});

test('the list tells the same without the picture', async () => {
	const frame = await graph();
	await frame.getByRole('button', { name: 'List', exact: true }).click();
	await frame.locator('.list').getByRole('button', { name: 'Kiln log', exact: true }).click();
	await workbench.activeTab('Kiln log.md').waitFor();
	await expect.poll(() => titleOf(frame)).toBe('Kiln log');
	expect(await accessibilityFaults(frame)).toEqual([]);
	await frame.getByRole('button', { name: 'List', exact: true }).click();
	await workbench.run('View: Close All Editors');
});

test('Insights tells of hubs, orphans, missing notes and more, and mends a link', async () => {
	onTestFailed(() => workbench.screenshot('failed-insights'));
	await workbench.showView('Insights', 'Jarvis: Focus on Insights View');
	const row = (text: string | RegExp) => workbench.treeRow('Insights', text);
	for (const group of ['Broken links', 'Hubs', 'Orphans', 'Communities', 'Bridges'])
		await row(new RegExp(group, 'i')).first().waitFor();
	await row(/^Hubs/).click();
	await row(/Celadon/)
		.first()
		.waitFor();
	await workbench.page.screenshot({ path: `out/screenshots/${shots}/insights.png` });
	await row(/^Hubs/).click();
	await row(/Broken/i)
		.first()
		.click();
	await row(/celadonn/i)
		.locator('.monaco-tl-twistie')
		.click();
	await row('Replace with Celadon').first().waitFor();
	await workbench.page.screenshot({ path: `out/screenshots/${shots}/insights-broken.png` });
	await row('Replace with Celadon').first().hover();
	await row('Replace with Celadon').first().locator('.action-label').first().click();
	await row(/celadonn/i).waitFor({ state: 'detached' });
	// It can be looked at, and undone, before it is saved.
	await workbench.activeTab('Firing plan.md').and(workbench.page.locator('.dirty')).waitFor();
	await workbench.run('File: Save');
	await expect
		.poll(() => readFileSync(join(vault, 'pottery/Firing plan.md'), 'utf8'))
		.toBe(plan.replace('Celadonn', 'Celadon'));
});
