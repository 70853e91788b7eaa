import { expect, test } from 'vitest';
import { pathWithin, uriOfNote } from '../../../server/src/services/noteUri.ts';

/** Both ways. */
function check(folder: string, path: string, uri: string): void {
	expect(uriOfNote(folder, path)).toBe(uri);
	expect(pathWithin(folder, uri)).toBe(path);
}

function elsewhere(folder: string, uri: string): void {
	expect(pathWithin(folder, uri)).toBeUndefined();
}

test('a note lies in its folder', () => check('file:///notes', 'a/b.md', 'file:///notes/a/b.md'));
test('a slash at the end of the folder does not matter', () =>
	check('file:///notes/', 'b.md', 'file:///notes/b.md'));
test('the folder may be the root', () => check('file:///', 'b.md', 'file:///b.md'));
test('what an address can not hold is encoded', () =>
	check('file:///my%20notes', 'Ä #1? 100%.md', 'file:///my%20notes/%C3%84%20%231%3F%20100%25.md'));
test('drives and shares are kept', () => {
	check('file:///c%3A/notes', 'a.md', 'file:///c%3A/notes/a.md');
	check('file://server/share', 'a.md', 'file://server/share/a.md');
});
test('encoded or not, a note is the same', () =>
	expect(pathWithin('file:///c:/my notes', 'file:///c%3A/my%20notes/a.md')).toBe('a.md'));

test('a note of another folder lies elsewhere', () => {
	elsewhere('file:///notes', 'file:///other/a.md');
	elsewhere('file:///notes', 'file:///notes2/a.md');
	elsewhere('file:///notes', 'file:///notes');
});
test('a note of another scheme or machine lies elsewhere', () => {
	elsewhere('file:///notes', 'untitled:///notes/a.md');
	elsewhere('file://one/notes', 'file://two/notes/a.md');
});
