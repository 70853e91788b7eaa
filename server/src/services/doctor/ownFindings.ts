import type { IndexFacts, ModelFacts } from '../../ports/doctor.ts';
import type { Finding } from '../../protocol/doctor.ts';
import { size } from './words.ts';

export function modelFinding({ name, fault }: ModelFacts): Finding {
	const why =
		'Search by meaning needs the model’s files as they were made; without them, search is by words.';
	const id = 'model';
	if (fault === undefined)
		return { id, severity: 'ok', what: `The model ${name} is here, and its SHA-256 is right.`, why };
	const command = `jarvis model fetch ${name}   # asks before it downloads`;
	const commands = { linux: command, macos: command, windows: command };
	return { id, severity: 'warning', what: fault, why, commands };
}

/** `name` is the folder's; `problem` is what an engine that has it open says of it. */
export function indexFindings(
	name: string,
	facts: IndexFacts,
	problem: string | undefined,
): readonly Finding[] {
	return [index(name, facts, problem), lock(name, facts)];
}

function index(name: string, { file, bytes, fault }: IndexFacts, problem: string | undefined): Finding {
	const id = `index:${name}`;
	const why = 'The index is made from the notes, and can be made again: that loses nothing but time.';
	const wrong = problem ?? fault;
	if (wrong !== undefined) {
		const command =
			'“Jarvis: Rebuild Index” in VS Code; or `jarvis index FOLDER`, which sets a damaged one aside.';
		const commands = { linux: command, macos: command, windows: command };
		return { id, severity: 'warning', what: `The index of ${name}: ${wrong} (${file})`, why, commands };
	}
	if (bytes === undefined) {
		const command = 'jarvis index FOLDER';
		const commands = { linux: command, macos: command, windows: command };
		return { id, severity: 'info', what: `${name} has no index yet (${file}).`, why, commands };
	}
	return { id, severity: 'ok', what: `The index of ${name} can be read: ${size(bytes)} (${file}).`, why };
}

function lock(name: string, { lock }: IndexFacts): Finding {
	const id = `lock:${name}`;
	const why =
		'One process leads an index, and all others ask it; a lock whose process has ended is taken over.';
	switch (lock.kind) {
		case 'free':
			return { id, severity: 'ok', what: `No process has the index of ${name} open.`, why };
		case 'foreign':
			return {
				...{ id, severity: 'warning', why },
				what: `The index of ${name} is led by another user’s process.`,
				commands: elsewhere,
			};
		case 'broken':
			return {
				id,
				severity: 'info',
				what: `The lock of ${name} can’t be read; the next process replaces it.`,
				why,
			};
	}
	const { pid, life } = lock;
	if (life === 'alive')
		return { id, severity: 'ok', what: `The index of ${name} is led by process ${pid}.`, why };
	if (life === 'gone') {
		const what = `The lock of ${name} is of process ${pid}, which has ended; the next process takes over.`;
		return { id, severity: 'ok', what, why };
	}
	return {
		...{ id, severity: 'info', why },
		what: `Whether process ${pid}, which the lock of ${name} names, still runs can’t be told from here (another machine or container).`,
		commands: elsewhere,
	};
}

const place = 'jarvis index FOLDER --index-dir DIR   # an index of its own';
const elsewhere = { linux: place, macos: place, windows: place };
