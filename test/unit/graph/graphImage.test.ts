import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EmbeddedGraph } from '../../../server/src/core/graph/embeddedGraph.ts';
import { graphOfImage, imageOf } from '../../../server/src/core/graph/graphImage.ts';
import { Slices } from '../../../server/src/core/slices.ts';
import type { GraphNote, NodeId } from '../../../server/src/ports/graph.ts';
import { linkGraphContract } from '../../contract/linkGraph.ts';

const { signal } = new AbortController();
const stamp = 'of these notes';

/** A graph that goes through its image after every change. */
class ImagedGraph extends EmbeddedGraph {
	override async apply(...change: Parameters<EmbeddedGraph['apply']>): Promise<void> {
		await super.apply(...change);
		this.adopt((await restored(await imageOfGraph(this)))!);
	}
}

linkGraphContract('graph of an image', async () => new ImagedGraph(), { runs: 50 });

test('an image is read back as the graph it was made of, with names of all letters', async () => {
	const graph = await someGraph();
	const tables = (await restored(await imageOfGraph(graph)))!;
	expect([...tables.notes()].map((node) => tables.note(node))).toEqual(
		[...graph.tables!.notes()].map((node) => graph.tables!.note(node)),
	);
	expect(tables.counts()).toEqual(graph.tables!.counts());
});

test('an image of other notes, or of no notes at all, is not read', async () => {
	const image = await imageOfGraph(await someGraph());
	expect(await graphOfImage(image, 'of others', new Slices())).toBeUndefined();
	expect(await restored(new Uint8Array(0))).toBeUndefined();
});

test('an image that is damaged or cut anywhere is not read', async () => {
	const image = await imageOfGraph(await someGraph());
	await fc.assert(
		fc.asyncProperty(
			fc.nat(image.length - 1),
			fc.integer({ min: 1, max: 255 }),
			fc.boolean(),
			async (at, bits, isCut) => {
				const damaged = isCut ? image.slice(0, at) : image.slice();
				if (!isCut) damaged[at]! ^= bits;
				expect(await restored(damaged)).toBeUndefined();
			},
		),
		{ numRuns: 2000 },
	);
});

test('a name that has no UTF-8 makes no image, rather than another name', async () => {
	const graph = new EmbeddedGraph();
	await graph.apply({ put: [{ id: 'note:a\ud800.md', title: 'a', edges: [] }], remove: [] }, signal);
	expect(await imageOf(graph.tables!, stamp, new Slices())).toBeUndefined();
});

test.each([256, 257])('edges of %i kinds keep them', async (count) => {
	const graph = new EmbeddedGraph();
	const edges = Array.from({ length: count }, (_, at) => ({ to: 'note:b.md' as const, kind: `kind ${at}` }));
	await graph.apply({ put: [{ id: 'note:a.md', title: 'a', edges }], remove: [] }, signal);
	const tables = (await restored(await imageOfGraph(graph)))!;
	expect(tables.note(tables.nodes.number('note:a.md')!).edges).toEqual(edges);
});

async function someGraph(): Promise<EmbeddedGraph> {
	const graph = new EmbeddedGraph();
	const note = (name: string, ...targets: readonly NodeId[]): GraphNote => ({
		id: `note:${name}.md`,
		title: name === 'empty' ? '' : `Title of ${name}`,
		edges: targets.map((to, at) => ({ to, kind: at === 0 ? 'link' : 'up' })),
	});
	await graph.apply(
		{ put: [note('m', 'note:é𝒳\n.md', 'tag:a/b'), note('é𝒳\n'), note('empty')], remove: [] },
		signal,
	);
	// Some that are numbered after the others, some that are gone.
	await graph.apply({ put: [note('\ufeffa', 'missing:z', 'note:m.md')], remove: ['note:empty.md'] }, signal);
	return graph;
}

async function imageOfGraph(graph: EmbeddedGraph): Promise<Uint8Array> {
	return (await imageOf(graph.tables!, stamp, new Slices()))!;
}

function restored(image: Uint8Array) {
	return graphOfImage(image, stamp, new Slices());
}
