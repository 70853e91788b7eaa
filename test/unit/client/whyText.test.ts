import { expect, test } from 'vitest';
import { whyDetail, whyPlaces, whyTitle } from '../../../client/src/views/whyText.ts';
import { english } from './english.ts';

test('the title tells the note, where it stands, and its place', () => {
	expect(whyTitle({ note: 'a.md', state: 'further', rank: 37, reasons: [] }, english)).toBe(
		'a.md: found, further down (place 37)',
	);
	expect(whyTitle({ note: 'a.md', state: 'excluded', reasons: [] }, english)).toBe('a.md: excluded');
});

const setting = { kind: 'setting', name: 'files.exclude' } as const;
const file = { kind: 'file', uri: 'file:///notes/x/.gitignore', line: 3 } as const;
const reasons = [
	{ text: 'Excluded.', change: 'Take it out.', at: setting },
	{ text: 'So it is.', at: file },
	{ text: 'Again.', at: setting },
];

test('each reason is told, with what would change it', () =>
	expect(whyDetail({ note: 'a.md', state: 'excluded', reasons })).toBe(
		'Excluded.\n→ Take it out.\n\nSo it is.\n\nAgain.',
	));

test('each place to change something is offered once', () =>
	expect(whyPlaces({ note: 'a.md', state: 'excluded', reasons }, english)).toEqual([
		{ label: 'Open files.exclude', at: setting },
		{ label: 'Open .gitignore', at: file },
	]));
