/** What looks into Jarvis and tends it, in the real VS Code on the sample vault, on one page. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { openWindow } from '../harness/openWindow.ts';
import { renderedPage } from '../harness/webviewPage.ts';
import type { Workbench } from '../harness/workbench.ts';

const shots = 'tools';

let workbench: Workbench;
let vault: string;
let userData: string;

beforeAll(async () => {
	const opened = await openWindow(
		{},
		{
			...{ settings: { 'files.simpleDialog.enable': true }, size: { width: 1280, height: 800 }, shots },
		},
	);
	({ workbench } = opened);
	({ vault, userData } = opened.sandbox);
	return opened.close;
}, 240_000);

beforeEach(async ({ task }) => {
	onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
	await workbench.run('View: Close All Editors');
	await workbench.run('Notifications: Clear All Notifications');
	await workbench.quickInput.waitFor({ state: 'hidden' });
});

const toast = (text: string | RegExp) => workbench.toast(text);
const shoot = (name: string) => workbench.page.screenshot({ path: `out/screenshots/${shots}/${name}.png` });

test('the doctor says what it found, each with why', async () => {
	await workbench.run('Jarvis: Run Doctor');
	await workbench.activeTab('Doctor').waitFor({ timeout: 60_000 });
	await renderedPage(workbench.page, 'Doctor', /Nothing was changed/);
	await shoot('doctor');
});

test('a search is explained by its stages, and the words that count', async () => {
	await workbench.run('Jarvis: Explain Search');
	await workbench.quickInputBox.fill('sourdough that rises overnight');
	await workbench.page.keyboard.press('Enter');
	await workbench.activeTab('Explain Search').waitFor({ timeout: 60_000 });
	await renderedPage(workbench.page, 'Explain Search', /keyword/);
	await shoot('explain');
	// A page that was closed is not shown as it was the first time.
	await workbench.run('View: Close All Editors');
	await workbench.run('Jarvis: Explain Search');
	await workbench.quickInputBox.fill('lighthouses');
	await workbench.page.keyboard.press('Enter');
	await workbench.activeTab('Explain Search').waitFor({ timeout: 60_000 });
	await renderedPage(workbench.page, 'Explain Search', /lighthouses/);
});

test('the memory report says what holds what', async () => {
	await workbench.run('Jarvis: Memory Report');
	await workbench.activeTab('Memory').waitFor({ timeout: 30_000 });
	await renderedPage(workbench.page, 'Memory', /MB/);
	await shoot('memory');
});

test('the index is optimized, and says what that gave', async () => {
	await workbench.run('Jarvis: Optimize Index');
	await toast(/The index was optimized: (.* became |it takes .*no room)/).waitFor({ timeout: 60_000 });
});

test('a backup is made and restored, and what is none is refused', async () => {
	const file = join(dirname(vault), 'notes.jarvis-backup');
	await workbench.run('Jarvis: Back Up Index');
	await workbench.giveFile(file, /\.jarvis-backup$/);
	await toast(/read back and checked/).waitFor({ timeout: 60_000 });
	expect(existsSync(file)).toBe(true);
	await shoot('backup');
	await workbench.run('Notifications: Clear All Notifications');
	await workbench.run('Jarvis: Restore Index');
	await workbench.giveFile(file, /\/$/);
	await toast(/Restored: \d+ notes as of .* UTC/).waitFor({ timeout: 60_000 });
	await workbench.run('Notifications: Clear All Notifications');
	const other = join(dirname(vault), 'other.jarvis-backup');
	writeFileSync(other, 'no backup');
	await workbench.run('Jarvis: Restore Index');
	await workbench.giveFile(other, /\/$/);
	await toast('other.jarvis-backup is not a backup made by Jarvis.').waitFor({ timeout: 60_000 });
	await shoot('refused');
});

test('tuning measures, asks, changes the user’s settings, and puts them back', async () => {
	const settingsFile = join(userData, 'User', 'settings.json');
	const settings = () => (existsSync(settingsFile) ? readFileSync(settingsFile, 'utf8') : '');
	const before = settings();
	await workbench.run('Jarvis: Tune for This Machine');
	await toast('Measuring which settings suit this machine').waitFor();
	await workbench.activeTab('Tuning').waitFor({ timeout: 110_000 });
	await renderedPage(workbench.page, 'Tuning', 'jarvis.embedding.processes');
	const answer = toast(/would suit this machine better|Nothing that was tried is faster/);
	await answer.waitFor({ timeout: 30_000 });
	await shoot('tuning');
	const apply = answer.getByRole('button', { name: 'Apply' });
	const isProposed = (await apply.count()) > 0;
	if (isProposed) {
		await apply.click();
		await toast('Jarvis: Undo Tuning').waitFor();
		expect(settings()).toMatch(/"jarvis\.[\w.]+": /);
		await workbench.run('Notifications: Clear All Notifications');
	}
	await workbench.run('Jarvis: Undo Tuning');
	await toast(isProposed ? 'as they were before tuning' : 'Nothing was tuned').waitFor();
	const names = (text: string) => text.match(/"jarvis\.[\w.]+"/g) ?? [];
	expect(names(settings())).toEqual(names(before));
}, 180_000);
