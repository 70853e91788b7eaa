/** Process of `bench:index`: indexes a folder as the server does, says when what was there, and how fast edits are found. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { URI } from 'vscode-uri';
import { modelText } from '../../server/src/core/markdown/passage.ts';
import type { Engine } from '../../server/src/services/engine.ts';
import type { Folder } from '../../server/src/services/folder/folder.ts';
import { ledEngine } from './ledEngine.ts';

const everyMs = 50;

export interface IndexTask {
	readonly root: string;
	readonly indexDirectory: string;
	/** Where the texts of so many passages go, for the peer. */
	readonly passagesFile: string;
	readonly passages: number;
	readonly edits: number;
}

export type IndexReply =
	| {
			readonly kind: 'indexed';
			readonly notes: number;
			readonly passages: number;
			/** Seconds from the opening of the folder, and of all of it until every passage had a vector. */
			readonly wordsSeconds: number;
			readonly leadsSeconds: number;
			readonly allSeconds: number;
	  }
	/** Milliseconds from the save of a note to its being found, by words and with its vectors. */
	| { readonly kind: 'edited'; readonly wordsMs: readonly number[]; readonly vectorsMs: readonly number[] };

const task: IndexTask = JSON.parse(process.argv[2]!);
async function main(): Promise<void> {
	const engine = await ledEngine({ 'index.directory': task.indexDirectory });
	try {
		const folder = await index(engine);
		await writePassages(folder);
		await edit(engine, folder);
	} finally {
		await engine.dispose();
		process.disconnect();
	}
}

async function index(engine: Engine): Promise<Folder> {
	const began = performance.now();
	const seconds = () => (performance.now() - began) / 1000;
	const folder = await engine.addFolder(
		{ uri: URI.file(task.root).toString(), name: basename(task.root) },
		{ follow: true },
	);
	const known: { readonly seconds: number; readonly notes: number }[] = [];
	let leadsAt = 0;
	const sample = () => {
		const { noteCount } = folder.index;
		if (noteCount !== known.at(-1)?.notes) known.push({ seconds: seconds(), notes: noteCount });
		if (!hasLeads(folder)) leadsAt = 0;
		else if (leadsAt === 0) leadsAt = seconds();
	};
	const sampling = setInterval(sample, everyMs);
	await folder.indexer!.whenIdle();
	clearInterval(sampling);
	const allSeconds = seconds();
	sample();
	const { noteCount, passageCount, vectors } = folder.index;
	if (vectors.size !== passageCount)
		throw new Error(`${passageCount - vectors.size} passages have no vector`);
	reply({
		kind: 'indexed',
		notes: noteCount,
		passages: passageCount,
		wordsSeconds: known.find(({ notes }) => notes === noteCount)!.seconds,
		leadsSeconds: Math.min(leadsAt, allSeconds),
		allSeconds,
	});
	return folder;
}

/** Whether the first passage of every note has its vector. */
function hasLeads({ index }: Folder): boolean {
	if (index.noteCount === 0 || index.draftCount > 0) return false;
	for (const { id } of index.notes()) {
		const [lead] = index.passagesOf(id);
		if (lead !== undefined && !index.vectors.has(lead)) return false;
	}
	return true;
}

async function writePassages(folder: Folder): Promise<void> {
	const ids = [...folder.index.passageIds()];
	const step = Math.max(1, ids.length / task.passages);
	const chosen = Array.from(
		{ length: Math.min(ids.length, task.passages) },
		(_, at) => ids[Math.floor(at * step)]!,
	);
	writeFileSync(task.passagesFile, JSON.stringify((await folder.passages(chosen)).map(modelText)));
}

/** One note after the other gets a paragraph with a word that no other has. */
async function edit(engine: Engine, folder: Folder): Promise<void> {
	const paths = [...folder.index.notes()]
		.filter(({ skipped }) => skipped === undefined)
		.map(({ stamp }) => stamp.path);
	const step = Math.max(1, Math.floor(paths.length / task.edits));
	const wordsMs: number[] = [];
	const vectorsMs: number[] = [];
	for (let at = 0; at < Math.min(task.edits, paths.length); at++) {
		const path = paths[at * step]!;
		const word = `zq${'abcdefghij'[at % 10]}${Math.floor(at / 10)}xw`;
		appendFileSync(join(task.root, path), `\n\nThe ${word} was written down on edit ${at}.\n`);
		const saved = performance.now();
		folder.indexer!.noteChanged([path]);
		await untilFound(engine, word);
		wordsMs.push(performance.now() - saved);
		await folder.indexer!.whenIdle();
		vectorsMs.push(performance.now() - saved);
	}
	reply({ kind: 'edited', wordsMs, vectorsMs });
}

async function untilFound(engine: Engine, word: string): Promise<void> {
	for (;;) {
		const query = `"${word}"`;
		const { total } = await engine.answers.search({ query, mode: 'keyword' }, new AbortController().signal);
		if (total > 0) return;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

function reply(message: IndexReply): void {
	process.send!(message);
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
