import { expect, test } from 'vitest';
import { whyItems, whyTitle } from '../../../client/src/views/whyItems.ts';
import { english } from './english.ts';

test('the title tells the note, where it stands, and its place', () => {
	expect(whyTitle({ note: 'a.md', state: 'further', rank: 37, reasons: [] }, english)).toBe(
		'a.md: found, further down (place 37)',
	);
	expect(whyTitle({ note: 'a.md', state: 'excluded', reasons: [] }, english)).toBe('a.md: excluded');
});

test('each reason is a line, with what would change it and where', () => {
	const at = { kind: 'setting', name: 'files.exclude' } as const;
	const reasons = [{ text: 'Excluded.', change: 'Take it out.', at }, { text: 'So it is.' }];
	expect(whyItems({ note: 'a.md', state: 'excluded', reasons })).toEqual([
		{ label: 'Excluded.', detail: '→ Take it out.', at },
		{ label: 'So it is.' },
	]);
});
