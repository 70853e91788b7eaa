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
	try {
		const fault = await findModelFault(directory, model);
		if (fault !== undefined) return reply({ kind: 'broken', reason: fault });
		loaded = await OnnxModel.load(directory, model);
		// The first run allocates and plans; done now, the first question does not pay for it.
		await loaded.embed('warm up');
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
	reply({ kind: 'ready', rssBytes: process.memoryUsage.rss() });
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
