import { expect, test } from 'vitest';
import { Slices } from '../../../server/src/core/slices.ts';

test('long work lets others in between its slices', async () => {
	const slices = new Slices();
	let turns = 0;
	const other = setInterval(() => turns++, 0);
	const until = performance.now() + 100;
	while (performance.now() < until) await slices.pause();
	clearInterval(other);
	expect(turns).toBeGreaterThan(0);
});
