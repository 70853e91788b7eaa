import assert from 'node:assert/strict';
import { commands, extensions, workspace } from 'vscode';
import { jarvis, search, until, untilReady } from '../jarvis.ts';
import { longestTaskMs, profileUntil } from '../longestTask.ts';

/** No task in the extension host may hold up other extensions for longer. */
const taskLimitMs = 50;

suite('The extension', () => {
	// First of all, since only one indexing is the first.
	test('indexes the workspace without a long task of its own in the extension host', async () => {
		const { serverPid } = await jarvis();
		// Its start is asked for by the extension itself: `status()` would, in the same task as the activation.
		await until(
			async () => serverPid(),
			(pid) => pid !== undefined,
		);
		const profile = await profileUntil(async () => void (await untilReady()));
		const path = extensions.getExtension('jarvis-notes.jarvis-notes')!.extensionPath;
		const ours = longestTaskMs(profile, path);
		console.log(
			`longest task of ours in the extension host: ${ours.longestMs.toFixed(1)} ms, ${ours.samples} samples`,
		);
		assert.ok(ours.samples > 0, 'no sample of our code: the profile is of something else');
		assert.ok(ours.longestMs < taskLimitMs, `${ours.longestMs} ms: ${ours.busiest}`);
	});

	test('would be seen to hold up the extension host', async () => {
		const profile = await profileUntil(async () => {
			for (const end = performance.now() + 80; performance.now() < end; );
		});
		assert.ok(longestTaskMs(profile, __dirname).longestMs > taskLimitMs);
	});

	test('has registered every command of its manifest', async () => {
		const { packageJSON } = extensions.getExtension('jarvis-notes.jarvis-notes')!;
		const declared = packageJSON.contributes.commands.map(({ command }: { command: string }) => command);
		const registered = new Set(await commands.getCommands(true));
		assert.deepEqual(
			declared.filter((command: string) => !registered.has(command)),
			[],
		);
	});

	test('counts every note and says which it could not read', async () => {
		const { index } = await untilReady();
		const files = await workspace.findFiles('**/*.{md,markdown,mdx}');
		assert.equal(index.notes + index.skipped, files.length);
		assert.ok(index.skipped >= 1);
	});

	test('finds a note by its meaning, without a word of it', async () => {
		assert.equal(
			(await search('heating ceramics slowly so that they do not break'))[0],
			'pottery/Kiln log.md',
		);
	});

	test('runs its server in a process of its own', async () => {
		const { serverPid } = await jarvis();
		assert.notEqual(serverPid(), undefined);
		assert.notEqual(serverPid(), process.pid);
	});
});
