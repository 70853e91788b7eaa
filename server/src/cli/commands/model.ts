import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { openLibrary } from '../../compose/models.ts';
import type { ModelInfo } from '../../ports/models.ts';
import { UserError } from '../../ports/system.ts';
import { printJson, printLine } from '../output.ts';
import { readGivenSettings } from '../session.ts';

interface ModelOptions {
	readonly json?: boolean;
	readonly settings?: string;
}

/** `jarvis model list|verify|fetch`: the models there are, whether their files are whole, and getting one. */
export function addModel(program: Command, distDirectory: string): void {
	const model = program.command('model').description('show, check and fetch models');
	const open = (options: ModelOptions) => openLibrary(distDirectory, readGivenSettings(options));
	const withOptions = (command: Command) =>
		command
			.option('--json', 'print JSON')
			.option('--settings <file>', 'read jarvis.* settings from a JSON file');

	withOptions(model.command('list'))
		.description('list the models: which are here, and which can be fetched')
		.action((options: ModelOptions) => {
			const models = open(options).list();
			if (options.json === true) return printJson({ models });
			for (const info of models) printLine(describe(info));
		});
	withOptions(model.command('verify'))
		.description('check the files of all models that are here by their SHA-256')
		.action(async (options: ModelOptions) => {
			const checked = (await open(options).verify()).map(({ id, fault }) => ({
				...{ id, ok: fault === undefined },
				...(fault === undefined ? {} : { fault }),
			}));
			if (options.json === true) printJson({ models: checked });
			for (const { id, ok } of checked) if (ok && options.json !== true) printLine(`${id} is whole.`);
			const faults = checked.flatMap(({ fault }) => fault ?? []);
			if (faults.length > 0) throw new UserError(faults.join(' '));
		});
	withOptions(model.command('fetch'))
		.description('fetch a model (a preset, or a model id) over the network, after asking')
		.argument('<model>')
		.option('--yes', 'do not ask')
		.option('--quiet', 'print no progress')
		.action(async (name: string, options: ModelOptions & { yes?: boolean; quiet?: boolean }) => {
			const given = { ...readGivenSettings(options), 'model.preset': name };
			const library = openLibrary(distDirectory, given);
			const info = library.list().find(({ isWanted }) => isWanted);
			if (info === undefined) {
				const wanted = library.wanted();
				throw new UserError(wanted.kind === 'absent' ? wanted.reason : `There is no model ${name}.`);
			}
			if (info.state === 'absent') {
				if (options.yes !== true) await agree(info);
				await fetch(info, library, options.quiet === true);
			}
			const found = library.list().find(({ isWanted }) => isWanted)!;
			if (options.json === true) printJson(found);
			else printLine(`${describe(found)}\n${found.directory}`);
		});
}

async function fetch(
	info: ModelInfo,
	library: ReturnType<typeof openLibrary>,
	isQuiet: boolean,
): Promise<void> {
	const abort = new AbortController();
	const stop = () =>
		abort.abort(new UserError('Stopped. What was downloaded is kept; the next fetch goes on from there.'));
	process.once('SIGINT', stop).once('SIGTERM', stop);
	const isTerminal = process.stderr.isTTY;
	let saidPercent = -1;
	const show = (done: number, total: number | undefined) => {
		const percent = total === undefined ? Math.floor(done / 10_485_760) : Math.floor((done / total) * 100);
		if (isQuiet || percent === saidPercent || (!isTerminal && percent % 10 !== 0)) return;
		saidPercent = percent;
		const line = `${info.name}: ${megabytes(done)} of ${megabytes(total)}`;
		process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
	};
	try {
		await library.fetch(info.name, show, abort.signal);
	} finally {
		process.off('SIGINT', stop).off('SIGTERM', stop);
		if (isTerminal && !isQuiet) process.stderr.write('\r\x1b[K');
	}
}

/** Nothing is downloaded without a yes, by hand or by `--yes`. */
async function agree(info: ModelInfo): Promise<void> {
	if (!process.stdin.isTTY) {
		throw new UserError(
			`${info.name} would be downloaded (${megabytes(info.bytes)}): say so with --yes, as there is no terminal to ask on.`,
		);
	}
	const trust = info.isHashKnown
		? 'Its files are checked by their known SHA-256.'
		: 'Its SHA-256 is not known here: the first download is trusted, recorded, and checked ever after.';
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	try {
		const question = `Download ${info.repository} (${megabytes(info.bytes)}) to ${info.directory}? ${trust} [y/N] `;
		if (/^y(es)?$/i.test((await terminal.question(question)).trim())) return;
	} finally {
		terminal.close();
	}
	throw new UserError('Nothing was downloaded.');
}

function describe({ name, state, bytes, dimensions, languages, isWanted }: ModelInfo): string {
	const size = dimensions === undefined ? '' : `, ${dimensions} dimensions`;
	return `${isWanted ? '*' : ' '} ${name.padEnd(13)} ${state.padEnd(8)} ${megabytes(bytes)}${size}, ${languages}`;
}

function megabytes(bytes: number | undefined): string {
	return bytes === undefined ? 'size not known' : `${(bytes / 1_048_576).toFixed(0)} MB`;
}
