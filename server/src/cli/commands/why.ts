import type { Command } from 'commander';
import type { WhyNotFoundResult, WhyState } from '../../protocol/whyNotFound.ts';
import { uriOfNote } from '../../services/noteUri.ts';
import { bold, printJson, printLine } from '../output.ts';
import { type CommonOptions, ensureIndexed, withCommonOptions, withFolder } from '../session.ts';
import { pathInFolder } from './related.ts';

/** `jarvis why FOLDER NOTE QUERY`: why a note is, or is not, found. */
export function addWhy(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('why'))
		.description('say why a note is, or is not, found by a question, and what would change it')
		.argument('<folder>')
		.argument('<note>', 'path of the note in the folder')
		.argument('<query>')
		.action(async (path: string, note: string, query: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async (session) => {
				await ensureIndexed(session, options);
				const { engine, folder, signal } = session;
				const uri = uriOfNote(folder.id.uri, pathInFolder(path, note));
				const result = await engine.whyNotFound({ uri, query }, signal);
				if (options.json === true) printJson(result);
				else printWhy(result);
			});
		});
}

const words: Readonly<Record<WhyState, string>> = {
	shown: 'found',
	further: 'found, further down',
	unmatched: 'not found',
	filtered: 'left out by the question',
	hidden: 'hidden',
	pending: 'not indexed yet',
	skipped: 'skipped',
	failed: 'failed',
	excluded: 'excluded',
	missing: 'not there',
	notNote: 'no note',
	outside: 'not in the folder',
	off: 'not open',
};

function printWhy({ note, state, rank, reasons }: WhyNotFoundResult): void {
	printLine(`${bold(note)}: ${words[state]}${rank === undefined ? '' : ` (place ${rank})`}`);
	for (const { text, change } of reasons) {
		printLine(`  ${text}`);
		if (change !== undefined) printLine(`    → ${change}`);
	}
}
