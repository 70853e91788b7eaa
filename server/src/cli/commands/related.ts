import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../ports/system.ts';
import type { RelatedNote } from '../../protocol/related.ts';
import { uriOfNote } from '../../services/noteUri.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, ensureIndexed, wholeNumber, withCommonOptions, withFolder } from '../session.ts';

interface RelatedOptions extends CommonOptions {
	readonly line?: number;
	readonly limit?: number;
}

/** `jarvis related FOLDER NOTE [--line N]`: related notes, and why. */
export function addRelated(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('related'))
		.description('show the notes related to a note, and why')
		.argument('<folder>')
		.argument('<note>', 'path of the note in the folder')
		.option('--line <line>', 'narrow to the passage at this line', wholeNumber(1))
		.option('--limit <notes>', 'notes to return', wholeNumber(1))
		.action(async (path: string, note: string, options: RelatedOptions) => {
			await withFolder(path, distDirectory, options, async (session) => {
				await ensureIndexed(session, options);
				const { engine, folder, signal } = session;
				const notePath = pathInFolder(path, note);
				const { line, limit } = options;
				const params = {
					uri: uriOfNote(folder.id.uri, notePath),
					...(line === undefined ? {} : { line }),
					...(limit === undefined ? {} : { limit }),
				};
				const { kind, related } = await engine.related(params, signal);
				if (kind === 'unknown')
					throw new UserError(`${notePath} is not in the index. See \`jarvis status\` for what is.`);
				if (options.json === true) printJson({ note: notePath, related: related.map(toJson) });
				else printRelated(related);
			});
		});
}

/** The note may be named from the folder, or as a shell completes it. */
export function pathInFolder(folder: string, note: string): string {
	const inFolder = relative(resolve(folder), resolve(note));
	const isInside = inFolder !== '' && !inFolder.startsWith('..');
	return (isInside ? inFolder : note).split(sep).join('/');
}

function toJson({ uri: _uri, folder: _folder, ...note }: RelatedNote): object {
	return note;
}

function printRelated(related: readonly RelatedNote[]): void {
	if (related.length === 0) printLine('No related notes.');
	for (const { title, path, startLine, score, reasons } of related) {
		printLine(`${bold(title)}  ${dim(`${path}:${startLine}`)}  ${score.toFixed(3)}`);
		printLine(`  ${reasons.join(' · ')}`);
	}
}
