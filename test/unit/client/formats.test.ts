import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatMb, formatMs } from '../../../client/src/formats.ts';

test.each([
	['en', '1,234,567', '1.5 MB', '9.9 ms'],
	['de', '1.234.567', '1,5 MB', '9,9 ms'],
	['fr', '1\u202f234\u202f567', '1,5 MB', '9,9 ms'],
	['pt-br', '1.234.567', '1,5 MB', '9,9 ms'],
	['ja', '1,234,567', '1.5 MB', '9.9 ms'],
])('numbers read as %s has them', (locale, count, bytes, ms) => {
	expect(formatCount(1_234_567, locale)).toBe(count);
	expect(formatBytes(1.5 * 1024 * 1024, locale)).toBe(bytes);
	expect(formatMs(9.94, locale)).toBe(ms);
});

test.each([
	[0, '0 B'],
	[999, '999 B'],
	[1024, '1 KB'],
	[9_143_834, '8.72 MB'],
	[50_000_000, '47.7 MB'],
	[5 * 1024 ** 4, '5,120 GB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes, 'en')).toBe(text));

test('small numbers have no marks', () => {
	expect([formatCount(0, 'en'), formatCount(999, 'en'), formatMb(311.6, 'en')]).toEqual([
		'0',
		'999',
		'312 MB',
	]);
	expect([formatMs(10.4, 'en'), formatMs(3, 'en')]).toEqual(['10 ms', '3 ms']);
	expect([formatMs(0.004, 'en'), formatMs(0.05, 'en'), formatMs(0, 'de')]).toEqual([
		'<0.1 ms',
		'0.1 ms',
		'<0,1 ms',
	]);
});
