import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { Neo4jTeam } from '../../server/src/adapters/neo4j/neo4jTeam.ts';
import type { TeamScope, TeamTerms } from '../../server/src/ports/teamIndex.ts';
import { neo4jOptions } from '../support/neo4jGraphs.ts';
import { teamNote, teamVector } from '../support/teamNotes.ts';

const { signal } = new AbortController();

test('each workspace puts, replaces and removes its own notes, and touches no others', async () => {
	const [ours, theirs] = [await openTeam(), await openTeam()];
	await ours.apply({ put: [teamNote('a.md', ['one', 'two']), teamNote('b.md', [])], remove: [] }, signal);
	await theirs.apply({ put: [teamNote('a.md', ['three'])], remove: [] }, signal);
	await ours.apply({ put: [teamNote('a.md', ['four'])], remove: ['none.md'] }, signal);
	expect(await ours.digests(signal)).toEqual(
		new Map([
			['a.md', 'four'],
			['b.md', ''],
		]),
	);
	expect(await countsOf(ours, theirs)).toEqual([
		{ name: ours.workspace, notes: 2, passages: 1, models: ['words'], languages: ['en'] },
		{ name: theirs.workspace, notes: 1, passages: 1, models: ['words'], languages: ['en'] },
	]);
	expect(await ours.note(theirs.workspace, 'a.md', signal)).toMatchObject({
		title: 'a.md',
		passages: [{ text: 'three', startLine: 1, endLine: 2, terms: ['en_three'] }],
	});
	expect(await ours.removeAll(signal)).toBe(2);
	expect(await countsOf(ours, theirs)).toMatchObject([{ name: theirs.workspace, notes: 1 }]);
	expect(await theirs.note(ours.workspace, 'a.md', signal)).toBeUndefined();
});

test('words are found in the workspaces that are asked, by terms, phrases, beginnings and what is excluded', async () => {
	const [ours, theirs, others] = [
		await openTeam(),
		await openTeam(`${randomUUID()} (a/b) + c*`),
		await openTeam(),
	];
	const word = `w${randomUUID().slice(0, 8)}`;
	await ours.apply({ put: [teamNote('own.md', [`${word} kiln`])], remove: [] }, signal);
	await theirs.apply(
		{
			put: [teamNote('a.md', [`${word} kiln glaze`, 'nothing']), teamNote('b.md', [`glaze kiln ${word}`])],
			remove: [],
		},
		signal,
	);
	await others.apply({ put: [teamNote('c.md', [`${word} kilned`])], remove: [] }, signal);
	const find = async (terms: Partial<TeamTerms>, scope: Partial<TeamScope> = {}) => {
		const alternatives = [{ terms: [], phrases: [], excluded: [], ...terms }];
		const among = { without: [ours.workspace], only: [], ...scope };
		const found = await ours.byWords({ alternatives, vector: undefined, limit: 10 }, among, signal);
		return found.map(({ path }) => path).sort();
	};
	const term = (text: string) => ({ term: `en_${text}`, weight: 1 });
	expect(await find({ terms: [term(word)] })).toEqual(['a.md', 'b.md', 'c.md']);
	expect(await find({ terms: [term(word)] }, { without: [] })).toEqual(['a.md', 'b.md', 'c.md', 'own.md']);
	expect(await find({ terms: [term(word)] }, { only: [theirs.workspace] })).toEqual(['a.md', 'b.md']);
	expect(
		await find({ terms: [term(word)] }, { without: [theirs.workspace], only: [theirs.workspace] }),
	).toEqual([]);
	expect(await find({ phrases: [[`en_${word}`, 'en_kiln']] })).toEqual(['a.md']);
	expect(await find({ terms: [{ ...term(word.slice(0, 8)), isPrefix: true }] })).toHaveLength(3);
	expect(await find({ terms: [term(word)], excluded: [['en_glaze']] })).toEqual(['c.md']);
	expect(await find({ terms: [term('a:b) OR "*'), term('{}')] })).toEqual([]);
	expect(await find({})).toEqual([]);
});

test('the nearest are found past any number of own passages, with cosines of the same model only', async () => {
	const [ours, theirs] = [await openTeam(), await openTeam()];
	const text = `near ${randomUUID()}`;
	const own = Array.from({ length: 60 }, (_, at) => teamNote(`${at}.md`, [text]));
	await ours.apply({ put: own, remove: [] }, signal);
	const other = teamNote('other.md', [text], { model: 'another' });
	const { vector: _vector, ...bare } = teamNote('bare.md', [text]).passages[0]!;
	const short = { ...bare, vector: new Float32Array([1, 0]) };
	const put = [
		...[teamNote('near.md', [text]), teamNote('far.md', ['quite else']), other],
		...[teamNote('bare.md', [], { passages: [bare] }), teamNote('short.md', [], { passages: [short] })],
	];
	await theirs.apply({ put, remove: [] }, signal);
	const values = teamVector(text);
	const among = { without: [ours.workspace], only: [theirs.workspace] };
	const question = { model: 'words', values, least: 0.5, limit: 3 };
	const near = await ours.byMeaning(question, among, signal);
	expect(near.map(({ path }) => path)).toEqual(['near.md']);
	expect(near[0]!.cosine).toBeCloseTo(1, 2);
	const alternatives = [
		{ terms: text.split(' ').map((word) => ({ term: `en_${word}`, weight: 1 })), phrases: [], excluded: [] },
	];
	const words = await ours.byWords(
		{ alternatives, vector: { model: 'words', values }, limit: 9 },
		among,
		signal,
	);
	const cosines = new Map(words.map(({ path, cosine }) => [path, cosine]));
	expect(new Set(cosines.keys())).toEqual(new Set(['near.md', 'other.md', 'bare.md', 'short.md']));
	expect(cosines.get('near.md')).toBeCloseTo(1, 2);
	expect([cosines.get('other.md'), cosines.get('bare.md'), cosines.get('short.md')]).toEqual([
		...[undefined, undefined, undefined],
	]);
	expect(await ours.byMeaning({ ...question, values: new Float32Array(8) }, among, signal)).toEqual([]);
});

async function openTeam(workspace: string = randomUUID()): Promise<Neo4jTeam> {
	const team = new Neo4jTeam(neo4jOptions({ workspace }));
	onTestFinished(() => team.close());
	await team.open(signal);
	return team;
}

/** Other tests have workspaces on the same server. */
async function countsOf(...teams: readonly Neo4jTeam[]) {
	const all = await teams[0]!.workspaces(signal);
	return teams.flatMap(({ workspace }) => all.filter(({ name }) => name === workspace));
}
