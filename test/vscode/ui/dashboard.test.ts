/** The dashboard in the real VS Code: on one page, since a new one takes long. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { beforeAll, expect, onTestFailed, test } from 'vitest';
import { openWindow } from '../harness/openWindow.ts';
import { pottery } from '../harness/pottery.ts';
import { accessibilityFaults, webviewFrame } from '../harness/webviewPage.ts';
import { themes, type Workbench } from '../harness/workbench.ts';

const shots = 'dashboard';

let workbench: Workbench;
let vault: string;

beforeAll(async () => {
	const settings = { 'files.simpleDialog.enable': true };
	const opened = await openWindow(pottery, { settings, size: { width: 1440, height: 1300 }, shots });
	({ workbench } = opened);
	({ vault } = opened.sandbox);
	return opened.close;
}, 240_000);

function dashboard(): Promise<Frame> {
	onTestFailed(({ task }) => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
	return webviewFrame(workbench.page, '#dashboard h1');
}

async function showDashboard(): Promise<Frame> {
	await workbench.run('Jarvis: Show Performance Dashboard');
	await workbench.activeTab('Jarvis Performance').waitFor();
	return dashboard();
}

test('it shows the figures of a server that searches', async () => {
	for (const query of ['heating ceramics slowly', 'feldspar', 'how to remember what I did']) {
		await workbench.run('Jarvis: Search Notes');
		await workbench.quickInput.getByPlaceholder('What do you remember of the note?').fill(query);
		await workbench.quickInputRow().first().waitFor();
		await workbench.page.keyboard.press('Escape');
	}
	await workbench.run('View: Close All Editors');
	const frame = await showDashboard();
	await frame.locator('.top .aside', { hasText: /figures of .*, every \d+ s/ }).waitFor({ timeout: 30_000 });
	await frame.locator('.coverage', { hasText: /100 % of \d+ passages/ }).waitFor();
	await frame.locator('.searches li', { hasText: 'feldspar' }).first().waitFor({ timeout: 30_000 });
	await expect.poll(() => frame.locator('.gauge').count()).toBe(4);
	await expect.poll(() => frame.locator('.parts li').count()).toBeGreaterThanOrEqual(3);
	const picture = frame.locator('.card.memory [role="img"]');
	await expect
		.poll(() => picture.getAttribute('aria-label'))
		.toMatch(/^Memory: Models \d+ MB, between \d+ MB and \d+ MB; Indexes/);
	expect(await frame.locator('.card.memory canvas').count()).toBe(1);
	expect(await frame.locator('.card.memory table tbody tr').count()).toBeGreaterThan(0);
});

test('it follows the server while it is seen', async () => {
	const frame = await dashboard();
	const freshness = frame.locator('.top .aside');
	const before = await freshness.textContent();
	await expect.poll(() => freshness.textContent(), { timeout: 30_000 }).not.toBe(before);
});

test('what was chosen is still chosen when it was hidden', async () => {
	const frame = await dashboard();
	await frame.getByLabel('60 min').check();
	await workbench.openFile('pottery/Celadon.md');
	await expect.poll(() => frame.isDetached(), { timeout: 30_000 }).toBe(true);
	const again = await showDashboard();
	await again.getByLabel('60 min').and(again.locator(':checked')).waitFor();
	await again.locator('.card.memory canvas').waitFor({ timeout: 30_000 });
	await workbench.run('View: Close Other Editors in Group');
});

test('keys reach every control, and the focus is seen', async () => {
	const frame = await dashboard();
	await frame.locator('h1').click();
	const reached: string[] = [];
	for (let presses = 0; presses < 20; presses++) {
		await workbench.page.keyboard.press('Tab');
		const focused = frame.locator(':focus');
		if ((await focused.count()) === 0) break;
		reached.push(await focused.evaluate((made) => made.textContent || (made as HTMLInputElement).type));
		const ring = await focused.evaluate(
			(made) => getComputedStyle(made.closest('label') ?? made).outlineStyle,
		);
		expect(ring, reached.at(-1)).toBe('solid');
	}
	expect(reached).toEqual(expect.arrayContaining(['radio', 'Export as JSON', 'Free Memory', 'Show Log']));
});

test('a button runs its command', async () => {
	const frame = await dashboard();
	await frame.getByRole('button', { name: 'Free Memory' }).click();
	await workbench.page.locator('.statusbar-item', { hasText: 'given back' }).waitFor();
});

test('all figures are exported as JSON', async () => {
	const frame = await dashboard();
	await frame.getByRole('button', { name: 'Export as JSON' }).click();
	const file = join(vault, 'figures.json');
	// The dialog puts in its own proposal once it has read the folder.
	await expect
		.poll(() => workbench.quickInputBox.inputValue(), { timeout: 30_000 })
		.toMatch(/jarvis-performance-.*\.json$/);
	await workbench.quickInputBox.fill(file);
	await workbench.page.keyboard.press('Enter');
	await workbench.page.locator('.notification-toast', { hasText: 'Figures exported' }).waitFor();
	expect(existsSync(file)).toBe(true);
	const { performance, status } = JSON.parse(readFileSync(file, 'utf8'));
	expect(performance.samples.length).toBeGreaterThan(0);
	expect(status.index.notes).toBeGreaterThan(0);
	await workbench.run('Notifications: Clear All Notifications');
});

test.each(themes)('in %s nothing is wrong for who sees or hears it otherwise', async (name, theme) => {
	await workbench.chooseTheme(theme);
	const frame = await dashboard();
	// Charts are drawn again when the theme has changed.
	await workbench.page.waitForTimeout(500);
	await workbench.page.screenshot({ path: `out/screenshots/${shots}/${name}.png` });
	expect(await accessibilityFaults(frame)).toEqual([]);
});

test('axe would find a fault', async () => {
	const frame = await dashboard();
	await frame.evaluate(() => document.querySelector('main')!.append(document.createElement('button')));
	expect((await accessibilityFaults(frame)).join()).toContain('button-name');
});

test.each([
	['stopped', 'It keeps stopping.', 'Restart'],
	['failed', 'It did not answer.', 'Show Log'],
])('a server that is %s is told of, with what to do', async (state, reason, button) => {
	const frame = await dashboard();
	await frame.evaluate((told) => window.postMessage(told), { kind: 'server', state, reason });
	const banner = frame.getByRole('status').filter({ hasText: reason });
	await banner.getByRole('button', { name: button }).waitFor();
	expect((await accessibilityFaults(frame)).filter((fault) => !fault.startsWith('button-name'))).toEqual([]);
});

test('without a folder it says what to do, and shows no empty charts', async () => {
	const frame = await dashboard();
	await frame.evaluate(() => window.postMessage({ kind: 'server', state: 'noFolder' }));
	await frame.getByText('Open a folder of markdown notes').waitFor();
	await frame.locator('.content').waitFor({ state: 'hidden' });
});
