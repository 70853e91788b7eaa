import pLimit, { type LimitFunction } from 'p-limit';
import { UserError } from '../../ports/system.ts';
import type { GraphParams, GraphResult } from '../../protocol/graph.ts';
import type { CacheStatus } from '../../protocol/status.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Folder } from '../folder/folder.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { type CacheLimits, TtlCache } from '../ttlCache.ts';
import { answerGraph } from './answerGraph.ts';

interface Kept {
	readonly index: FolderIndex;
	/** Of the index, when it was answered. */
	readonly version: number;
	/** Whether a graph server was asked: one that comes or goes is told in the answer. */
	readonly isInStep: boolean;
	readonly result: GraphResult;
}

/** More at once would only wait for the same processor. */
const mostAtOnce = 2;

/** Answers about graphs, kept until the folder's index changes; so many are worked on at once as the settings say. */
export class GraphAnswers {
	readonly #kept: TtlCache<Kept>;
	readonly #settings: () => Settings;
	readonly #physicalCores: () => number;
	readonly #turns: LimitFunction = pLimit(1);

	constructor(limits: () => CacheLimits, settings: () => Settings, physicalCores: () => number) {
		this.#kept = new TtlCache(limits);
		this.#settings = settings;
		this.#physicalCores = physicalCores;
	}

	/** How often an answer was there already. */
	get status(): CacheStatus {
		return this.#kept.status;
	}

	clear(): void {
		this.#kept.clear();
	}

	/** Throws `UserError` where the folder is not open, or has no such note. */
	async answer(folder: Folder | undefined, params: GraphParams, signal: AbortSignal): Promise<GraphResult> {
		if (folder === undefined) throw new UserError('The folder is not open in Jarvis.');
		if (folder.store === undefined) throw new UserError(folder.reasonOff());
		const settings = this.#settings();
		const limits = { depth: settings['graph.depth'], limit: settings['graph.limit'] };
		const { index } = folder;
		const { version } = index;
		const { isInStep } = folder.graphServer;
		const key = JSON.stringify([params, limits]);
		const kept = this.#kept.get(key);
		if (kept?.index === index && kept.version === version && kept.isInStep === isInStep) return kept.result;
		this.#turns.concurrency = this.#atOnce(settings);
		const result = await this.#turns(() => {
			signal.throwIfAborted();
			return answerGraph(folder, params, limits, signal);
		});
		if (index.version === version) this.#kept.set(key, { index, version, isInStep, result });
		return result;
	}

	#atOnce(settings: Settings): number {
		const asked = settings['graph.concurrency'];
		return asked === 'auto' ? Math.min(mostAtOnce, this.#physicalCores()) : asked;
	}
}
