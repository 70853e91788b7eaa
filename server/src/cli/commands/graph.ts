import { resolve, sep } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { GraphQuestion, GraphResult, GraphStanding, GraphWalk } from '../../protocol/graph.ts';
import { printJson } from '../output.ts';
import { type CommonOptions, ensureIndexed, wholeNumber, withCommonOptions, withFolder } from '../session.ts';
import { printGraph } from './graphOutput.ts';
import { syncGraph } from './graphSync.ts';
import { pathInFolder } from './related.ts';

interface GraphOptions extends CommonOptions {
	readonly depth?: number;
	readonly direction?: GraphWalk['direction'];
	readonly kind?: readonly string[];
	readonly tag?: string;
	readonly limit?: number;
	readonly by?: GraphStanding;
	readonly check?: boolean;
	readonly remove?: boolean;
	readonly takeOver?: boolean;
}

/** `jarvis graph FOLDER VERB …`: the links between notes. */
export function addGraph(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('graph'))
		.description('ask about the links between notes')
		.argument('<folder>')
		.argument('<verb>', `${verbs.join(', ')}, sync`)
		.argument('[notes...]', 'paths or names of notes in the folder, or tag:NAME')
		.option('--depth <links>', 'follow at most so many links: 1 to 5', depth)
		.addOption(
			new Option('--direction <way>', 'along the links or against them').choices(['out', 'in', 'both']),
		)
		.option('--kind <kinds...>', 'follow only these: link, embed, tag, parent, or a key of front matter')
		.option('--tag <tag>', 'show only notes with this tag, or one within it')
		.addOption(new Option('--by <rank>', 'order of hubs').choices(['pageRank', 'authority', 'hub']))
		.option('--limit <notes>', 'show at most so many', wholeNumber(1))
		.option('--check', 'of sync: only say what differs; exit code 1 where something does')
		.option('--remove', 'of sync: remove all that is of this folder there, passages for a team as well')
		.option('--take-over', 'of sync: make the name of the folder there its own, whosever it was')
		.addHelpText('after', help)
		.action(
			async (
				path: string,
				verb: string,
				notes: readonly string[],
				options: GraphOptions,
				command: Command,
			) => {
				if (verb === 'sync' && notes.length === 0) return syncGraph(path, distDirectory, options);
				const question = questionOf(path, verb, notes, options);
				if (typeof question === 'string') command.error(`error: ${question}`, { exitCode: 2 });
				await withFolder(path, distDirectory, options, async (session) => {
					await ensureIndexed(session, options);
					const { engine, folder, signal } = session;
					const result = await engine.graph({ folder: folder.id.uri, ...question }, signal);
					if (options.json === true) printJson(result);
					else printGraph(result);
				});
			},
		);
}

const verbs: readonly GraphResult['verb'][] = [
	'neighbors',
	'neighborhood',
	'path',
	'backlinks',
	'hubs',
	'orphans',
	'broken',
	'ambiguous',
	'communities',
	'bridges',
];

const help = `
  neighbors NOTE    notes, tags and missing notes that are some links away
  neighborhood NOTE the same with all links among them, to be drawn
  path A B          a shortest way from one note to another
  backlinks NOTE    what links to a note
  hubs              notes that stand highest by links
  orphans           notes that no note links to, and that link to none
  broken            links to notes that there are not, and to headings and blocks that they do not have
  ambiguous         links that several notes answer to, and which of them each is taken to mean
  communities       groups of notes that link among each other
  bridges [NOTE]    pairs of notes near in meaning, and far in links
  sync              brings the graph server of jarvis.graph.backend in step with the notes`;

/** The question, or what is wrong with it. */
export function questionOf(
	folder: string,
	verb: string,
	names: readonly string[],
	{ depth: deep, direction, kind, tag, limit, by }: GraphOptions,
): GraphQuestion | string {
	const [first, second, ...rest] = names.map((name) => nodeName(folder, name));
	const walk = { ...given('depth', deep), ...given('direction', direction), ...given('kinds', kind) };
	const most = given('limit', limit);
	const wrong = (needs: string) => `graph ${verb} takes ${needs}.`;
	if (rest.length > 0) return wrong('fewer notes');
	switch (verb) {
		case 'neighbors':
			if (first === undefined || second !== undefined) return wrong('one note');
			return { verb, of: first, ...walk, ...given('tag', tag), ...most };
		case 'neighborhood': {
			if (first === undefined || second !== undefined) return wrong('one note');
			const { kinds: _, ...around } = walk;
			return { verb, of: first, ...around, ...most };
		}
		case 'backlinks':
			if (first === undefined || second !== undefined) return wrong('one note');
			return { verb, of: first, ...most };
		case 'path':
			if (first === undefined || second === undefined) return wrong('two notes');
			return { verb, from: first, to: second, ...walk };
		case 'bridges':
			if (second !== undefined) return wrong('one note at most');
			return { verb, ...given('of', first), ...most };
		case 'hubs':
			if (first !== undefined) return wrong('no note');
			return { verb, ...given('by', by), ...most };
		case 'orphans':
		case 'broken':
		case 'ambiguous':
		case 'communities':
			if (first !== undefined) return wrong('no note');
			return { verb, ...most };
		default:
			return `there is no verb ${verb}; there are ${verbs.join(', ')}.`;
	}
}

function given<Name extends string, Value>(
	name: Name,
	value: Value | undefined,
): { readonly [Key in Name]?: Value } {
	return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

/** A note may be named as a shell completes it. */
function nodeName(folder: string, name: string): string {
	const isInside = resolve(name).startsWith(resolve(folder) + sep);
	return isInside ? pathInFolder(folder, name) : name;
}

function depth(text: string): number {
	const value = wholeNumber(1)(text);
	if (value > 5) throw new InvalidArgumentError('must be a whole number from 1 to 5.');
	return value;
}
