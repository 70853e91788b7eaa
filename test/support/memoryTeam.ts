import type { NotePath } from '../../server/src/ports/files.ts';
import type { GraphFault } from '../../server/src/ports/remoteGraph.ts';
import type {
	FoundPassage,
	ReadTeamNote,
	TeamCandidate,
	TeamChange,
	TeamIndex,
	TeamNote,
	TeamPlace,
	TeamScope,
	TeamVector,
	TeamWords,
	TeamWorkspace,
} from '../../server/src/ports/teamIndex.ts';
import { dot } from '../../server/src/services/vectors/exactScores.ts';

/** Notes by path, by workspace. */
export type TeamServer = Map<string, Map<NotePath, TeamNote>>;

/** A team's server in memory, compared passage by passage; it fails when a test says so. */
export class MemoryTeam implements TeamIndex {
	readonly workspace: string;
	readonly server: TeamServer;
	readonly calls: string[] = [];
	/** Thrown by the next calls of these names, one each. */
	readonly faults: { readonly call: string; readonly fault: GraphFault }[] = [];
	/** Awaited in the middle of a call of this name. */
	readonly during = new Map<string, () => unknown>();

	constructor(workspace: string, server: TeamServer = new Map()) {
		this.workspace = workspace;
		this.server = server;
	}

	get stored(): Map<NotePath, TeamNote> {
		const own = this.server.get(this.workspace) ?? new Map<NotePath, TeamNote>();
		this.server.set(this.workspace, own);
		return own;
	}

	async open(): Promise<void> {
		await this.#call('open');
	}

	async ping(): Promise<void> {
		await this.#call('ping');
	}

	async digests(): Promise<ReadonlyMap<NotePath, string>> {
		const digests = new Map([...this.stored].map(([path, { digest }]) => [path, digest]));
		await this.#call('digests');
		return digests;
	}

	async apply({ put, remove }: TeamChange): Promise<void> {
		await this.#call('apply');
		for (const path of remove) this.stored.delete(path);
		for (const note of put) this.stored.set(note.path, note);
	}

	async removeAll(): Promise<number> {
		await this.#call('removeAll');
		const { size } = this.stored;
		this.stored.clear();
		return size;
	}

	async workspaces(): Promise<readonly TeamWorkspace[]> {
		await this.#call('workspaces');
		return [...this.server].flatMap(([name, notes]) => {
			const all = [...notes.values()];
			const passages = all.reduce((sum, { passages }) => sum + passages.length, 0);
			const distinct = (values: readonly string[]) => [...new Set(values)].sort();
			const [models, languages] = [all.map(({ model }) => model), all.map(({ language }) => language)];
			if (all.length === 0) return [];
			const counts = { name, notes: all.length, passages };
			return [{ ...counts, models: distinct(models), languages: distinct(languages) }];
		});
	}

	async byWords(
		{ alternatives, vector, limit }: TeamWords,
		among: TeamScope,
	): Promise<readonly TeamCandidate[]> {
		await this.#call('byWords');
		const scored = this.#candidates(among).map(({ candidate, note, terms, values }) => {
			const holds = (row: readonly string[]) =>
				terms.some((_, at) => row.every((term, next) => terms[at + next] === term));
			const words = alternatives.map(({ terms: asked, phrases, excluded }) => {
				if (!phrases.every(holds) || excluded.some(holds)) return 0;
				const share = asked.reduce((sum, { term, weight, isPrefix }) => {
					const found = terms.some((held) => held === term || (isPrefix === true && held.startsWith(term)));
					return sum + (found ? weight : 0);
				}, 0);
				return asked.length === 0 && phrases.length > 0 ? 1 : share;
			});
			const isComparable = vector !== undefined && values !== undefined && note.model === vector.model;
			const cosine = isComparable ? dot(values, vector.values) : undefined;
			return { ...candidate, words: Math.max(0, ...words), cosine };
		});
		return scored
			.filter(({ words }) => words > 0)
			.sort((a, b) => b.words - a.words)
			.slice(0, limit);
	}

	async byMeaning(
		{ model, values: asked, least, limit }: TeamVector,
		among: TeamScope,
	): Promise<readonly TeamCandidate[]> {
		await this.#call('byMeaning');
		return this.#candidates(among)
			.flatMap(({ candidate, note, values }) => {
				const cosine = values !== undefined && note.model === model ? dot(values, asked) : undefined;
				return cosine !== undefined && cosine >= least ? [{ ...candidate, cosine }] : [];
			})
			.sort((a, b) => b.cosine - a.cosine)
			.slice(0, limit);
	}

	async passages(places: readonly TeamPlace[]): Promise<readonly FoundPassage[]> {
		await this.#call('passages');
		return places.flatMap(({ workspace, path, position }) => {
			const passage = this.server.get(workspace)?.get(path)?.passages[position];
			return passage === undefined ? [] : [{ workspace, path, position, ...passage }];
		});
	}

	async note(workspace: string, path: NotePath): Promise<ReadTeamNote | undefined> {
		await this.#call('note');
		const note = this.server.get(workspace)?.get(path);
		if (note === undefined) return undefined;
		const passages = note.passages.map((passage, position) => ({ workspace, path, position, ...passage }));
		return { title: note.title, passages };
	}

	async close(): Promise<void> {
		this.calls.push('close');
	}

	#candidates({ without, only }: TeamScope) {
		return [...this.server].flatMap(([workspace, notes]) => {
			if (without.includes(workspace) || (only.length > 0 && !only.includes(workspace))) return [];
			return [...notes.values()].flatMap((note) => {
				const { path, title, aliases, tags, modifiedMs, language } = note;
				const facts = { workspace, path, title, aliases, tags, modifiedMs, language };
				return note.passages.map(({ terms, vector: values }, position) => {
					const candidate: TeamCandidate = { ...facts, position, words: 0, cosine: undefined };
					return { candidate, note, terms, values };
				});
			});
		});
	}

	async #call(name: string): Promise<void> {
		this.calls.push(name);
		const at = this.faults.findIndex(({ call }) => call === name);
		if (at >= 0) throw this.faults.splice(at, 1)[0]!.fault;
		// A server takes its time.
		await new Promise(setImmediate);
		const during = this.during.get(name);
		this.during.delete(name);
		await during?.();
	}
}
