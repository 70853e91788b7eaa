import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { URI } from 'vscode-uri';
import { composeEngine } from '../compose.ts';
import { type Logger, UserError } from '../ports/system.ts';
import { Settle, type UpdateResult } from '../protocol/door.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import type { FolderId } from '../services/folder/folder.ts';
import { settingsFromEnvironment } from '../settings/read.ts';
import { readEditorExcludes } from './editorExcludes.ts';
import { reportProgress } from './progress.ts';
import { readSettingsFile } from './settingsFile.ts';

/** What every command takes. */
export interface CommonOptions {
	readonly json?: boolean;
	readonly quiet?: boolean;
	readonly indexDir?: string;
	readonly settings?: string;
}

export interface Session {
	readonly engine: SharedEngine;
	/** The engine's one folder, whose index another process may have open. */
	readonly folder: { readonly id: FolderId };
	/** Resident memory of the model processes now, bytes. */
	readonly embedderBytes: () => number;
	readonly signal: AbortSignal;
}

export function withCommonOptions(command: Command): Command {
	return command
		.option('--json', 'print one JSON document on standard output, and nothing else there')
		.option('--quiet', 'print no progress')
		.option('--index-dir <dir>', 'keep the index in this folder')
		.option('--settings <file>', 'read jarvis.* settings from a JSON file');
}

/**
 * Opens the engine on one folder, runs, and closes whatever happens; Ctrl-C aborts `run` and closes too.
 * An index without notes is built first where `run` needs one (`ensureIndexed`).
 */
export async function withFolder<T>(
	path: string,
	distDirectory: string,
	options: CommonOptions,
	run: (session: Session) => Promise<T>,
): Promise<T> {
	const root = resolve(path);
	if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
		throw new UserError(`${path} is not a folder. Name the folder that holds your notes.`);
	}
	const start = { settings: readGivenSettings(options), ...readEditorExcludes(root) };
	const { engine, models } = await composeEngine({
		distDirectory,
		start: () => start,
		logger: quietLogger,
		patienceMs: Infinity,
		isBackground: false,
	});
	const abort = new AbortController();
	const stop = () =>
		abort.abort(new UserError('Stopped. What was indexed is kept; the next run goes on from there.'));
	process.once('SIGINT', stop).once('SIGTERM', stop);
	try {
		engine.onTold(({ message }) => process.stderr.write(`${message}\n`));
		const id = { uri: URI.file(root).toString(), name: basename(root) };
		await engine.joinFolder(id, { follow: false });
		return await run({
			engine,
			folder: { id },
			embedderBytes: () => models.memoryBytes(),
			signal: abort.signal,
		});
	} finally {
		process.off('SIGINT', stop).off('SIGTERM', stop);
		await engine.dispose();
	}
}

/** Tells of errors only, which standard error is for. */
export const quietLogger: Logger = {
	info: () => {},
	warn: () => {},
	error: (message) => void process.stderr.write(`${message}\n`),
};

/** Brings the index up to date, with progress on standard error; returns what was done. */
export async function bringUpToDate(
	{ engine, folder, signal }: Session,
	options: CommonOptions,
): Promise<UpdateResult> {
	signal.throwIfAborted();
	const stopReporting = reportProgress(engine, options.quiet === true);
	try {
		return await engine.update(folder.id.uri, signal);
	} finally {
		stopReporting();
	}
}

/** Returns when the graph of neighbours stands, where the folder has one: answers are the same from then on. */
export async function settle({ engine, folder, signal }: Session): Promise<void> {
	await engine.askFolder(Settle, folder.id.uri, () => ({}), signal);
}

/** Lets a question be asked of a folder that was never indexed. */
export async function ensureIndexed(session: Session, options: CommonOptions): Promise<void> {
	const { notes, skipped, chunks } = (await session.engine.status()).index;
	// Drafts are passages before they are notes: another process is at it already.
	if (notes + skipped + chunks === 0) await bringUpToDate(session, options);
}

/** The same, where all questions of a run are to be answered alike. */
export async function ensureSettled(session: Session, options: CommonOptions): Promise<void> {
	await ensureIndexed(session, options);
	await settle(session);
}

/** Parser for options that are whole numbers of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
	return (text) => {
		const value = Number(text);
		if (!Number.isInteger(value) || value < least)
			throw new InvalidArgumentError(`must be a whole number from ${least}.`);
		return value;
	};
}

/** Settings of the file, over those of the environment. */
export function readGivenSettings({ settings: file, indexDir }: CommonOptions): Record<string, unknown> {
	const given = {
		...settingsFromEnvironment(process.env),
		...(file === undefined ? {} : readSettingsFile(file)),
	};
	return indexDir === undefined ? given : { ...given, 'index.directory': resolve(indexDir) };
}
