/** What is captured of the processes, and what is measured, in the real VS Code on one page. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { openWindow } from '../harness/openWindow.ts';
import { renderedPage, webviewFrame } from '../harness/webviewPage.ts';
import type { Workbench } from '../harness/workbench.ts';

const shots = 'profiling';

let workbench: Workbench;
/** Beside the vault: captures are no notes. */
let folder: string;

beforeAll(async () => {
	const opened = await openWindow({}, { settings: { 'files.simpleDialog.enable': true }, shots });
	({ workbench } = opened);
	folder = dirname(opened.sandbox.vault);
	return opened.close;
}, 240_000);

beforeEach(async ({ task }) => {
	onTestFailed(() => workbench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`));
	await workbench.run('View: Close All Editors');
	await workbench.run('Notifications: Clear All Notifications');
	await workbench.quickInput.waitFor({ state: 'hidden' });
});

const shoot = (name: string) => workbench.page.screenshot({ path: `out/screenshots/${shots}/${name}.png` });

async function answer(text: string, placeOrPrompt: string): Promise<void> {
	await workbench.quickInput.getByText(placeOrPrompt).waitFor();
	await workbench.quickInputBox.fill(text);
	await workbench.page.keyboard.press('Enter');
}

test('a CPU profile opens in the view that VS Code has for it, with the names of functions', async () => {
	const file = join(folder, 'server.cpuprofile');
	await workbench.run('Jarvis: Capture CPU Profile');
	await workbench.quickInputRow('Search server').click();
	await answer('2', 'For how many seconds?');
	await workbench.giveFile(file, /\.cpuprofile$/);
	await workbench.toast('Recording a CPU profile').waitFor();
	await workbench.activeTab('server.cpuprofile').waitFor({ timeout: 60_000 });
	const view = await webviewFrame(workbench.page, 'text="Self Time"');
	await view.getByText('(idle)').first().waitFor();
	await shoot('cpu-profile');
	const { nodes } = JSON.parse(readFileSync(file, 'utf8'));
	const ours = nodes
		.map(({ callFrame }: { callFrame: { url: string; functionName: string } }) => callFrame)
		.filter(({ url }: { url: string }) => url.endsWith('server.cjs'));
	const named = ours.filter(({ functionName }: { functionName: string }) => functionName.length > 4);
	expect(named).not.toEqual([]);
});

test('a heap snapshot is taken after a warning, and opens in the view that VS Code has for it', async () => {
	const file = join(folder, 'server.heapsnapshot');
	await workbench.run('Jarvis: Capture Heap Snapshot');
	await workbench.page.locator('.monaco-dialog-box', { hasText: 'It holds text of your notes' }).waitFor();
	await shoot('heap-question');
	await workbench.dialogButton('Capture').click();
	await workbench.giveFile(file, /\.heapsnapshot$/);
	const told = workbench.toast(/The heap snapshot .* is written/);
	await told.waitFor({ timeout: 60_000 });
	expect(statSync(file).size).toBeGreaterThan(1_000_000);
	await told.getByRole('button', { name: 'Open' }).click();
	await workbench.activeTab('server.heapsnapshot').waitFor();
	const view = await webviewFrame(workbench.page, 'text="Retained Size"');
	await view.getByText('(compiled code)').first().waitFor({ timeout: 60_000 });
	await shoot('heap-snapshot');
});

test('a trace holds the stages of what was searched meanwhile', async () => {
	const file = join(folder, 'trace.json');
	await workbench.run('Jarvis: Record Trace');
	await answer('4', 'For how many seconds?');
	await workbench.giveFile(file, /\.json$/);
	await workbench.toast('Recording a trace').waitFor();
	await workbench.run('Jarvis: Search Notes');
	await workbench.quickInputBox.fill('bread that rises overnight');
	await workbench.quickInputRow().first().waitFor();
	await workbench.page.keyboard.press('Escape');
	await workbench.toast('The trace is written').waitFor({ timeout: 60_000 });
	const { traceEvents } = JSON.parse(readFileSync(file, 'utf8'));
	const stages = traceEvents.map(({ name }: { name: string }) => name);
	expect(stages).toEqual(expect.arrayContaining(['keyword', 'embed', 'scan', 'fuse', 'fetch']));
});

test('a load test of other numbers shows what each user met', async () => {
	await workbench.run('Jarvis: Run Load Test');
	await workbench.quickInputRow('Other numbers').click();
	await workbench.quickInput.getByText('How many users?').waitFor();
	await workbench.quickInputBox.fill('500');
	await workbench.quickInput.getByText('at least 1 and at most 50').waitFor();
	await answer('3', 'at least 1 and at most 50');
	await answer('5', 'For how many seconds?');
	await workbench.toast('Simulated users are searching').waitFor();
	await workbench.activeTab('Load test').waitFor({ timeout: 60_000 });
	await renderedPage(workbench.page, 'Load test', /^3 users for \d s, .* 0 errors/);
	await renderedPage(workbench.page, 'Load test', /95th percentile is (below|over) the target of 500 ms/);
	await shoot('load-test');
});

test('a benchmark shows every part beside its target', async () => {
	await workbench.run('Jarvis: Run Benchmark');
	await workbench.toast('Measuring how fast Jarvis answers').waitFor();
	await workbench.activeTab('Benchmark').waitFor({ timeout: 110_000 });
	for (const part of ['Search', 'by meaning alone', 'Related notes', 'Graph', 'Indexing a note'])
		await renderedPage(workbench.page, 'Benchmark', part);
	await renderedPage(workbench.page, 'Benchmark', /(below|over) 500/);
	await shoot('benchmark');
});
