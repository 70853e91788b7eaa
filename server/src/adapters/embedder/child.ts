/** Process that owns ONNX Runtime: it may be killed at any moment, which is the only way to get its memory back. */
import { setPriority } from 'node:os';
import { findModelFault } from '../models/verify.ts';
import { recordCpuProfile } from '../system/cpuProfile.ts';
import { keepTo } from './affinity.ts';
import { takeBatch, type Waiting } from './batching.ts';
import type { ChildOptions, ChildReply, ChildRequest, ProfileRequest, Usage } from './messages.ts';
import { OnnxModel } from './onnxModel.ts';

const { directory, model, priority, device, readsOne, cpuAffinity } = JSON.parse(
	process.argv.at(-1)!,
) as ChildOptions;

process.on('disconnect', () => process.exit(0));
void serve();

async function serve(): Promise<void> {
	const notices: string[] = [];
	// Before there is a thread of the model: it keeps to where this one is.
	const refusal = cpuAffinity === '' ? undefined : keepTo(cpuAffinity, process.pid, process.platform);
	if (refusal !== undefined) notices.push(refusal);
	let loaded: OnnxModel;
	let msPerText: number;
	try {
		const fault = await findModelFault(directory, model);
		if (fault !== undefined) return reply({ kind: 'broken', reason: fault });
		loaded = await OnnxModel.load(directory, model, { device, keepsMemory: readsOne });
		msPerText = await warmUp(loaded);
	} catch (error) {
		return reply({ kind: 'broken', reason: `The model can't be loaded: ${messageOf(error)}` });
	}
	if (loaded.notice !== undefined) notices.push(loaded.notice);
	// Not before: the first question waits for the loading, half a second of work, behind all that the machine does besides.
	if (priority === 'low') lowerPriority();
	answer(loaded);
	reply({ kind: 'ready', msPerText, device: loaded.device, notices, ...usage() });
}

/** Reads what comes, questions first; between two runs it listens. */
function answer(model: OnnxModel): void {
	const queue: Waiting[] = [];
	let isWorking = false;
	process.on('message', async (request: ChildRequest) => {
		if (request.kind === 'profile') return recordProfile(request);
		try {
			queue.push({ request, ids: model.encode(request.text) });
		} catch (error) {
			reply({ kind: 'failed', id: request.id, message: messageOf(error), ...usage() });
		}
		if (isWorking) return;
		isWorking = true;
		while (queue.length > 0) {
			await run(model, takeBatch(queue));
			await new Promise(setImmediate);
		}
		isWorking = false;
	});
}

async function run(model: OnnxModel, batch: readonly Waiting[]): Promise<void> {
	try {
		const vectors = await model.embed(batch.map(({ ids }) => ids));
		const used = usage();
		for (const [at, { request }] of batch.entries())
			reply({ kind: 'vector', id: request.id, vector: vectors[at]!, ...used });
	} catch (error) {
		const used = usage();
		for (const { request } of batch)
			reply({ kind: 'failed', id: request.id, message: messageOf(error), ...used });
	}
}

async function recordProfile({ id, file, seconds }: ProfileRequest): Promise<void> {
	try {
		reply({ kind: 'profiled', id, bytes: await recordCpuProfile(file, seconds) });
	} catch (error) {
		reply({ kind: 'profiled', id, bytes: 0, fault: messageOf(error) });
	}
}

/**
 * The first runs allocate and plan, for each length anew: a word, a sentence, a whole passage, so that the first question
 * does not pay for it. Returns how long the passage took, which is the pace to be expected.
 */
async function warmUp(model: OnnxModel): Promise<number> {
	const read = (text: string) => model.embed([model.encode(text)]);
	await read('warm up');
	await read('How do I find the note about warming up a model before the first question is asked?');
	const began = performance.now();
	await read('A passage of the usual length, with words in a row. '.repeat(16));
	return performance.now() - began;
}

function usage(): Usage {
	const { user, system } = process.cpuUsage();
	return { rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 };
}

function reply(message: ChildReply): void {
	process.send!(message);
}

function lowerPriority(): void {
	try {
		setPriority(10);
	} catch {
		// Some sandboxes forbid it; the model runs all the same.
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
