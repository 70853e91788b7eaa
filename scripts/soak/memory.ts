/**
 * `npm run soak:memory -- [--notes N] [--words N] [--searches N] [--limits 512,1024]`: indexes made notes, asks questions,
 * and fails where memory, measured from outside, is ever above a limit, or grows over the last half of the questions.
 */
import { parseArgs } from 'node:util';
import { buildAll } from '../build/buildAll.ts';
import { dist } from '../build/places.ts';
import { say, step } from '../host/printer.ts';
import { findFaults, soakMemory } from './soakMemory.ts';

const { values } = parseArgs({
	options: {
		notes: { type: 'string', default: '10000' },
		words: { type: 'string', default: '120' },
		searches: { type: 'string', default: '10000' },
		limits: { type: 'string', default: '512,1024' },
	},
});
await step('built dist/', buildAll);
for (const limitMb of values.limits.split(',').map(Number)) {
	const result = await soakMemory({
		...{ dist, limitMb, onProgress: (text) => say(`          ${text}`) },
		notes: Number(values.notes),
		words: Number(values.words),
		searches: Number(values.searches),
	});
	const faults = findFaults(result);
	say(JSON.stringify(result, undefined, '\t'));
	say(faults.length === 0 ? `ok      held below ${limitMb} MB` : `FAILED  ${faults.join('; ')}`);
	if (faults.length > 0) process.exitCode = 1;
}
