import { expect, test } from 'vitest';
import { outputOf, textOf, within } from '../../../server/src/adapters/system/ask.ts';

test('a file system that does not come back is not waited for, and one that fails tells nothing', async () => {
	expect(await within(new Promise(() => {}), 1)).toBeUndefined();
	expect(await within(Promise.reject(new Error('gone')))).toBeUndefined();
	expect(await within(Promise.resolve(7))).toBe(7);
});

test('what a program prints is taken, also where it fails after it', async () => {
	const script = 'process.stdout.write("some: 1"); process.exit(1)';
	expect(await outputOf(process.execPath, '-e', script)).toBe('some: 1');
	expect(await outputOf('no-such-program')).toBe('');
	expect(await textOf('/no/such/file')).toBe('');
});
