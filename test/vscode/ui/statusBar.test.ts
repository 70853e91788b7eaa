/** The status bar, its menu, and the deletion of all data, in the real VS Code on one page. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFailed, test } from 'vitest';
import { openWindow, statusItem } from '../harness/openWindow.ts';
import { accessibilityFaults } from '../harness/webviewPage.ts';
import { themes, type Workbench } from '../harness/workbench.ts';

const shots = 'status';

let workbench: Workbench;
let vault: string;
let cache: string;

beforeAll(async () => {
	// So little that it is crossed at once.
	const settings = { 'jarvis.alerts.memoryPercent': 1, 'jarvis.performance.sampleSeconds': 0.5 };
	const opened = await openWindow({}, { settings, shots });
	({ workbench } = opened);
	({ vault } = opened.sandbox);
	cache = join(opened.sandbox.env.XDG_CACHE_HOME!, 'jarvis');
	return opened.close;
}, 240_000);

const status = () => workbench.statusItem(statusItem);

function shootIfFailed(): void {
	onTestFailed(({ task }) => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
}

test('it warns while an alert holds, and says which', async () => {
	shootIfFailed();
	await expect.poll(() => status().getAttribute('class'), { timeout: 30_000 }).toContain('warning-kind');
	await status().hover();
	await workbench.hover.getByText('jarvis.alerts.memoryPercent').first().waitFor();
	for (const row of ['State', 'Memory of the model', 'Embedded', 'Graph'])
		await workbench.hover.getByText(row, { exact: true }).waitFor();
	await workbench.page.keyboard.press('Escape');
});

test.each(themes)('in %s nothing is wrong for who sees or hears it otherwise', async (name, theme) => {
	shootIfFailed();
	await workbench.chooseTheme(theme);
	await status().hover();
	await workbench.hover.getByText('Embedded', { exact: true }).waitFor();
	await workbench.page.screenshot({ path: `out/screenshots/${shots}/${name}.png` });
	expect(await accessibilityFaults(workbench.page.mainFrame(), `[id="${statusItem}"]`)).toEqual([]);
	await workbench.page.keyboard.press('Escape');
});

test('its menu tells how each part is', async () => {
	shootIfFailed();
	await status().click();
	for (const [part, health] of Object.entries({
		...{ Index: 'Healthy', Model: 'Healthy', Graph: 'Healthy', Neo4j: 'Not set up', Disk: 'Healthy' },
	})) {
		// Rows further down are not there before they are looked for.
		await workbench.quickInputBox.fill(part);
		await workbench.quickInputRow(new RegExp(`${part}\\s*${health}`)).waitFor();
	}
	await workbench.quickInputBox.fill('');
	await workbench.page.screenshot({ path: `out/screenshots/${shots}/menu.png` });
	await workbench.page.keyboard.press('Escape');
});

test('all data is deleted after it was shown what that is, and the index can be built again', async () => {
	shootIfFailed();
	await workbench.run('Jarvis: Delete All Jarvis Data');
	const dialog = workbench.page.locator('.monaco-dialog-box');
	for (const what of ['Index, ', 'Logs, ', 'Shared vectors, ', 'Your notes and settings are not touched.'])
		await dialog.getByText(what).first().waitFor();
	await workbench.page.screenshot({ path: `out/screenshots/${shots}/delete-all.png` });
	await workbench.dialogButton('Delete All').click();
	const told = workbench.toast('All data of Jarvis was deleted.');
	await told.waitFor({ timeout: 30_000 });
	// What is left is the lock of the server that still runs.
	expect(readdirSync(cache).filter((name) => !name.endsWith('.leader.json'))).toEqual([]);
	expect(existsSync(join(vault, 'Home.md'))).toBe(true);
	await status().getByText('off').waitFor();
	await told.getByRole('button', { name: 'Rebuild Index' }).click();
	await status().getByText('MB').waitFor({ timeout: 90_000 });
});
