/**
 * `npm run bench:links -- FOLDER`: what is read of the links of a folder of notes, to be compared with docs/links.md,
 * and how long the link index takes to be built.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { nameOf } from '../../server/src/adapters/reader/readNote.ts';
import { brokenParts } from '../../server/src/core/links/brokenParts.ts';
import { LinkIndex } from '../../server/src/core/links/linkIndex.ts';
import { suggestions } from '../../server/src/core/links/suggestions.ts';
import { parseNote } from '../../server/src/core/markdown/parse.ts';

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: npm run bench:links -- FOLDER [--missing]');

const notes = readdirSync(folder, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && /\.(?:md|markdown|mdx)$/i.test(entry.name))
	.map((entry) => join(entry.parentPath, entry.name))
	.sort()
	.map((file, id) => {
		const path = relative(folder, file).split(sep).join('/');
		const { title, ...note } = parseNote(readFileSync(file, 'utf8'), path.endsWith('.mdx') ? 'mdx' : 'md');
		return { ...note, id, path, title: title ?? nameOf(path) };
	});

const began = performance.now();
const index = new LinkIndex();
for (const note of notes) index.put(note);
const buildMs = performance.now() - began;

const links = notes.flatMap((note) => note.links.map((link) => ({ link, note })));
const meant = links.map(({ link, note }) => ({ link, note, meaning: index.meaningOf(link, note.path) }));
const missing = meant.filter(({ meaning }) => meaning.kind === 'missing');
const kinds = new Map<string, number>();
for (const { id } of notes)
	for (const { kind } of index.graphNote(id)!.edges) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);

console.log({
	notes: notes.length,
	wikilinks: links.filter(({ link }) => link.kind === 'wiki').length,
	embeds: links.filter(({ link }) => link.kind === 'embed').length,
	markdownLinks: links.filter(({ link }) => link.kind === 'markdown').length,
	markdownLinksToNotes: meant.filter(
		({ link, meaning }) => link.kind === 'markdown' && link.target !== '' && meaning.kind === 'note',
	).length,
	unresolved: missing.length,
	pairs: index.counts.links,
	tags: new Set(notes.flatMap(({ tags }) => tags.map((tag) => tag.toLowerCase()))).size,
	ambiguous: [...index.ambiguous()].length,
	brokenParts: [...brokenParts(index)].length,
	edges: Object.fromEntries(kinds),
	buildMs: Math.round(buildMs),
});
if (options.includes('--missing')) {
	for (const { link, note, meaning } of missing) {
		const name = meaning.kind === 'missing' ? meaning.name : '';
		console.log(
			`${note.path}:${link.line} ${link.kind} ${name} -> ${suggestions(index, name, note.path).join(', ')}`,
		);
	}
}
