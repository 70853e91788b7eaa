import assert from 'node:assert/strict';
import type { StatusResult } from '../../../../server/src/protocol/status.ts';
import { isComplete, jarvis, search, until, untilReady } from '../jarvis.ts';

suite('A server that is killed', () => {
	suiteSetup(() => untilReady());

	test('is restarted on the index as it was, and embeds nothing again', async () => {
		const { serverPid, status } = await jarvis();
		const before = await untilReady();
		const killed = serverPid()!;
		process.kill(killed, 'SIGKILL');
		await until(
			async () => serverPid(),
			(pid) => pid !== undefined && pid !== killed,
		);
		const seen: StatusResult['index'][] = [];
		await until(async () => {
			const { index } = await status();
			seen.push(index);
			return index;
		}, isComplete);
		const after = seen.at(-1)!;
		assert.deepEqual([after.notes, after.chunks], [before.index.notes, before.index.chunks]);
		// A passage that had lost its vector would be counted as not embedded until it had one again.
		assert.deepEqual(
			seen.filter(({ chunks, embedded }) => embedded !== chunks),
			[],
		);
		// By words alone, until the model has started again as well.
		await until(
			() => search('heating ceramics slowly so that they do not break'),
			([best]) => best === 'pottery/Kiln log.md',
		);
	});
});
