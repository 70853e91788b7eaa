/** What the documentation names must be there: settings, commands, verbs, scripts, files, links, and what the program says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { commands, configuration, views } = manifest.contributes;
const settingNames = new Set<string>(
	[configuration].flat().flatMap(({ properties }) => Object.keys(properties)),
);
const commandNames = new Set<string>(commands.map(({ command }: { command: string }) => command));
const viewNames = Object.values(views as Record<string, { id: string }[]>).flatMap((group) =>
	group.map(({ id }) => id),
);
const titles = new Set<string>(commands.map(({ title }: { title: string }) => title));
const sources = filesBelow(['server/src', 'client/src'], '.ts').map((file) => readFileSync(file, 'utf8'));
const verbs = new Set(
	filesBelow(['server/src/cli/commands'], '.ts').flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/\.command\('([a-z-]+)/g)].map(([, verb]) => verb!),
	),
);

const pages = [
	'README.md',
	'CHANGELOG.md',
	'ARCHITECTURE.md',
	'CONTRIBUTING.md',
	...filesBelow(['docs'], '.md'),
];

describe.each(pages)('%s', (page) => {
	const text = readFileSync(page, 'utf8');
	/** Without blocks of code, which show output and other people's files as well. */
	const prose = text.replace(/^```[\s\S]*?^```/gm, '');

	test('names settings, commands and views that there are', () => {
		const named = [...prose.matchAll(/`"?jarvis\.([\w.]+?(?:\.\*|\*)?)"?[:` ]/g)].map(([, name]) => name!);
		expect(named.filter((name) => !isThere(name))).toEqual([]);
	});

	test('names commands of the palette by their titles', () => {
		const named = [...prose.matchAll(/[_*“]Jarvis: ([^_*”]+)[_*”]/g)].map(([, title]) => title!);
		expect(named.filter((title) => !titles.has(title))).toEqual([]);
	});

	test('names verbs of the command line and scripts that there are', () => {
		const named = [...text.matchAll(/(?:`|npx )jarvis ([a-z][a-z-]*)/g)].map(([, verb]) => verb!);
		expect(named.filter((verb) => !verbs.has(verb))).toEqual([]);
		const scripts = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name]) => name!);
		expect(scripts.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
	});

	test('links to files and headings that there are', () => {
		const links = [...prose.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
		expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
	});

	test('names files of the project that there are', () => {
		const named = [...prose.matchAll(/`((?:server|client|test|scripts|docs)\/[\w./-]+)`/g)].map(
			([, path]) => path!,
		);
		// Capitals stand for a name.
		const real = named.filter((path) => !/\b[A-Z]+\b/.test(path));
		expect(real.filter((path) => !existsSync(path))).toEqual([]);
	});
});

test('what troubleshooting quotes is what the program says', () => {
	const quotes = readFileSync('docs/troubleshooting.md', 'utf8').matchAll(/^ *> (.+)$/gm);
	const pieces = [...quotes].flatMap(([, quote]) => quote!.split('…').map((piece) => piece.trim()));
	// A template holds its own escapes.
	const said = sources.map((source) => source.replaceAll('\\`', '`')).join('\n');
	const telling = pieces.filter((piece) => piece.length > 6);
	expect(telling.length).toBeGreaterThan(15);
	expect(telling.filter((piece) => !said.includes(piece))).toEqual([]);
});

test('every command and setting has its place in the documentation', () => {
	const all = pages.map((page) => readFileSync(page, 'utf8')).join('\n');
	expect([...settingNames].filter((name) => !all.includes(name))).toEqual([]);
	expect([...verbs].filter((verb) => !new RegExp(`jarvis ${verb}\\b|and .*\\b${verb}\\b`).test(all))).toEqual(
		[],
	);
});

function isThere(name: string): boolean {
	const full = `jarvis.${name}`;
	const isPrefix = full.endsWith('*');
	const [found] = isPrefix
		? [...settingNames].filter((setting) => setting.startsWith(full.slice(0, -1)))
		: [...settingNames, ...commandNames, ...viewNames].filter((known) => known === full);
	return found !== undefined;
}

function leadsSomewhere(page: string, link: string): boolean {
	if (/^[a-z]+:/.test(link)) return true;
	const [path, anchor] = link.split('#');
	const target = path === '' ? page : normalize(join(dirname(page), decodeURI(path!)));
	if (!existsSync(target)) return false;
	if (anchor === undefined || !target.endsWith('.md')) return true;
	const headings = readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm);
	return [...headings].some(([, heading]) => slugOf(heading!) === anchor);
}

/** As GitHub makes it. */
function slugOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} -]/gu, '')
		.replaceAll(' ', '-');
}

function filesBelow(folders: readonly string[], ending: string): readonly string[] {
	return folders.flatMap((folder) =>
		readdirSync(folder, { recursive: true })
			.map((name) => join(folder, String(name)))
			.filter((file) => file.endsWith(ending)),
	);
}
