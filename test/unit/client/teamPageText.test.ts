import { expect, test } from 'vitest';
import { teamPageText, teamPlace } from '../../../client/src/views/teamPageText.ts';

const passage = (text: string, startLine: number) => ({ heading: '', text, startLine, endLine: startLine });

test('passages stand at their lines, or as soon after as there is room', () => {
	const passages = [passage('one\n\ntwo', 3), passage('three', 4), passage('four', 9)];
	expect(teamPageText({ title: 'T', passages }, 'whose').split('\n')).toEqual([
		...['whose', '', 'one', '', 'two', 'three', '', '', 'four', ''],
	]);
});

test('text in the first line stays', () => {
	expect(teamPageText({ title: 'T', passages: [passage('one', 1)] }, 'whose')).toBe('one\n');
});

test('a workspace may be named as it likes', () => {
	expect(teamPlace('/a%2Fb%20c/pottery/Kiln.md')).toEqual({ workspace: 'a/b c', path: 'pottery/Kiln.md' });
});
