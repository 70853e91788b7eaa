import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Link } from '../../../server/src/core/markdown/note.ts';
import { compileKernels } from '../../../server/src/kernels/instance.ts';
import type { GraphNote, NodeId } from '../../../server/src/ports/graph.ts';
import type { IndexChange, StoredNote } from '../../../server/src/ports/store.ts';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';
import { IndexedNotes } from '../../../server/src/services/graph/graphSyncSource.ts';

beforeAll(compileKernels);

test('links, embeds, tags and what there is not, each once and none to itself', () => {
	const index = new FolderIndex();
	index.apply(
		put(
			{ ...aNote(1, 'a.md', ['b', 'B.md', 'a', 'Not There.md']), tags: ['Big/Idea'] },
			aNote(2, 'b.md', []),
		),
	);
	const notes = new IndexedNotes(index);
	expect(notes.note('note:a.md')).toEqual({
		...{ id: 'note:a.md', title: 'a.md' },
		edges: [
			{ to: 'note:b.md', kind: 'link' },
			{ to: 'missing:not there', kind: 'link' },
			{ to: 'tag:big/idea', kind: 'tag' },
		],
	});
	expect(notes.note('note:c.md')).toBeUndefined();
});

test('drafts are none', () => {
	const index = new FolderIndex();
	index.applyDrafts(put(aNote(2, 'b.md', [])));
	const notes = new IndexedNotes(index);
	expect([...notes.notes()]).toEqual([]);
	expect(notes.note('note:b.md')).toBeUndefined();
	index.apply(put(aNote(2, 'b.md', [])));
	expect([...notes.notes()].map(({ id }) => id)).toEqual(['note:b.md']);
});

test('whoever follows the changes has what a fresh look has, whatever comes, goes and is renamed', () => {
	const name = fc.constantFrom('a', 'b', 'c', 'x/a', 'x/b');
	const change = fc.record({
		id: fc.integer({ min: 1, max: 5 }),
		path: name,
		links: fc.array(name, { maxLength: 3 }),
		isGone: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(change, { maxLength: 12 }), (history) => {
			const index = new FolderIndex();
			const notes = new IndexedNotes(index);
			const followed = new Map<NodeId, GraphNote>();
			const changes = index.links.followChanges();
			index.notesFollower = () => {
				const { put, remove } = changes.take();
				for (const id of remove) followed.delete(id);
				for (const note of put) followed.set(note.id, note);
			};
			for (const { id, path, links, isGone } of history) {
				// No two notes have one path.
				const other = index.noteAt(`${path}.md`);
				if (!isGone && other !== undefined && other.id !== id) continue;
				index.apply(isGone ? { put: [], touch: [], remove: [id] } : put(aNote(id, `${path}.md`, links)));
				expect(followed).toEqual(new Map([...notes.notes()].map((note) => [note.id, note])));
			}
		}),
	);
});

function put(...notes: readonly StoredNote[]): IndexChange {
	return { put: notes.map((note) => ({ note, passages: [] })), touch: [], remove: [] };
}

function aNote(id: number, path: string, targets: readonly string[]): StoredNote {
	const links = targets.map((target): Link => ({ kind: 'wiki', target, start: 0, end: 0, line: 1 }));
	return {
		...{ id, title: path, aliases: [], tags: [], links, problems: [] },
		stamp: { path, size: 1, mtimeMs: 1 },
		...{ hash: 'h', chunker: 1, skipped: undefined, indexedAtMs: 0 },
	};
}
