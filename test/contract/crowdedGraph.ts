import type {
	Direction,
	EdgeKind,
	GraphChange,
	GraphNote,
	NodeId,
	Walk,
} from '../../server/src/ports/graph.ts';

const noteCount = 240;
const hubCount = 4;

/** Notes around a few hubs, so that levels are far wider than what is asked for; then some whose ids lie between. */
export function crowdedChanges(): readonly GraphChange[] {
	const first = Array.from({ length: noteCount }, (_, place) => place);
	const between = Array.from({ length: noteCount / 8 }, (_, place) => 8 * place + 0.5);
	const hubs = first.slice(0, hubCount);
	return [
		{ put: first.map((place) => crowdedNote(place, first)), remove: [] },
		{ put: [...hubs, ...between].map((place) => crowdedNote(place, [...first, ...between])), remove: [] },
	];
}

/** Walks that end within a wide level, by every direction, with and without what filters. */
export function crowdedWalks(): readonly Walk[] {
	const directions: readonly Direction[] = ['out', 'in', 'both'];
	const starts = [0, 77, 0.5].map(idOf);
	return directions.flatMap((direction) =>
		starts.flatMap((from): Walk[] => [
			...[1, 30, 500].map((limit) => ({ from, direction, depth: 3, limit })),
			{ from, direction, depth: 2, limit: 20, kinds: ['link'] },
			{ from, direction, depth: 3, limit: 20, kinds: ['up', 'down'] },
			{ from, direction, depth: 3, limit: 20, tag: 'third' },
			{ from, direction, depth: 5, limit: 500, tag: 'third' },
		]),
	);
}

/** A hub links to a share of all; the others to hubs and to near and far ones, now and then by two kinds. */
function crowdedNote(place: number, all: readonly number[]): GraphNote {
	const to: (readonly [number, EdgeKind])[] =
		place < hubCount && Number.isInteger(place)
			? all.filter((each) => Math.floor(each) % hubCount !== place).map((each) => [each, 'link'])
			: [
					[Math.floor(place) % hubCount, 'up'],
					[Math.floor(place) % hubCount, 'link'],
					[(Math.floor(place) * 7) % noteCount, 'down'],
					[(Math.floor(place) + 1) % noteCount, 'link'],
				];
	const edges = to.filter(([each]) => each !== place).map(([each, kind]) => ({ to: idOf(each), kind }));
	const tags = Math.floor(place) % 3 === 0 ? [{ to: 'tag:third/one', kind: 'tag' } as const] : [];
	return { id: idOf(place), title: `Note ${place}`, edges: [...edges, ...tags] };
}

/** In another order than that of the places. */
function idOf(place: number): NodeId {
	return `note:${(place * 37) % 100}/${place % 5 === 0 ? '𝒳' : '～'} ${place}.md`;
}
