import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { CaptureCpuProfile } from '../../protocol/profiling.ts';
import { printJson, printLine } from '../output.ts';
import {
	type CommonOptions,
	ensureIndexed,
	type Session,
	wholeNumber,
	withCommonOptions,
	withFolder,
} from '../session.ts';

interface ProfileOptions extends CommonOptions {
	readonly seconds: number;
	readonly out: string;
	readonly of: 'server' | 'embedder';
	readonly query?: readonly string[];
}

/** `jarvis profile FOLDER --seconds N --out FILE`: where the time goes, of the process that leads the index. */
export function addProfile(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('profile'))
		.description('record a CPU profile while the index is brought up to date, and questions are asked')
		.argument('<folder>')
		.option('--seconds <seconds>', 'how long', wholeNumber(1), 10)
		.requiredOption('--out <file>', 'where the .cpuprofile goes')
		.addOption(
			new Option('--of <process>', 'which process').choices(['server', 'embedder']).default('server'),
		)
		.option('--query <query>', 'ask this over and over; may be given again', addQuery)
		.action(async (path: string, options: ProfileOptions) => {
			await withFolder(path, distDirectory, options, async (session) => {
				await ensureIndexed(session, options);
				const { seconds, of } = options;
				const params = { of, seconds, file: resolve(options.out) };
				const capture = session.engine.askLeaders(CaptureCpuProfile, params, session.signal, 1);
				const done = capture.then(
					() => true,
					() => true,
				);
				await keepBusy(session, options.query ?? [], done);
				const [captured] = await capture;
				if (options.json === true) printJson(captured);
				else printLine(`${captured!.file} (process ${captured!.pid})`);
			});
		});
}

/** Gives it something to record. */
async function keepBusy(session: Session, queries: readonly string[], done: Promise<boolean>): Promise<void> {
	const { engine, folder, signal } = session;
	await Promise.race([engine.update(folder.id.uri, signal), done]);
	let isDone = false;
	void done.then(() => {
		isDone = true;
	});
	for (let asked = 0; !isDone && queries.length > 0; asked++) {
		// An answer that is kept takes no turn of the event loop, which the end of the recording waits for.
		await new Promise(setImmediate);
		// Most answers are not to be kept ones.
		await engine.search({ query: queries[asked % queries.length]!, limit: 1 + (asked % 100) }, signal);
	}
}

function addQuery(query: string, queries: readonly string[] = []): readonly string[] {
	return [...queries, query];
}
