/** Process that owns ONNX Runtime: it may be killed at any moment, which is the only way to get its memory back. */
import { setPriority } from 'node:os';
import type { ChildOptions, ChildReply, EmbedRequest } from './messages.ts';
import { OnnxModel } from './onnxModel.ts';
import { findModelFault } from './verify.ts';

const { directory, model, priority } = JSON.parse(process.argv.at(-1)!) as ChildOptions;

process.on('disconnect', () => process.exit(0));
if (priority === 'low') lowerPriority();
void serve();

async function serve(): Promise<void> {
	let loaded: OnnxModel;
	let msPerText: number;
	try {
		const fault = await findModelFault(directory, model);
		if (fault !== undefined) return reply({ kind: 'broken', reason: fault });
		loaded = await OnnxModel.load(directory, model);
		msPerText = await warmUp(loaded);
	} catch (error) {
		return reply({ kind: 'broken', reason: `The model can't be loaded: ${messageOf(error)}` });
	}
	process.on('message', async ({ text }: EmbedRequest) => {
		try {
			const vector = await loaded.embed(text);
			reply({ kind: 'vector', vector, rssBytes: process.memoryUsage.rss() });
		} catch (error) {
			reply({ kind: 'failed', message: messageOf(error), rssBytes: process.memoryUsage.rss() });
		}
	});
	reply({ kind: 'ready', msPerText, rssBytes: process.memoryUsage.rss() });
}

/**
 * The first runs allocate and plan, for each length anew: a word, a sentence, a whole passage, so that the first question
 * does not pay for it. Returns how long the passage took, which is the pace to be expected.
 */
async function warmUp(model: OnnxModel): Promise<number> {
	await model.embed('warm up');
	await model.embed('How do I find the note about warming up a model before the first question is asked?');
	const began = performance.now();
	await model.embed('A passage of the usual length, with words in a row. '.repeat(16));
	return performance.now() - began;
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
