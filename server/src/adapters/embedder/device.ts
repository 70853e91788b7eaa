import { readdirSync } from 'node:fs';
import type { InferenceSession } from 'onnxruntime-node';
import type { Device } from './messages.ts';

/** The graphics cards that ONNX Runtime may know on a platform, the likeliest first. */
const cards: Readonly<Record<string, Device>> = { linux: 'cuda', darwin: 'coreml', win32: 'dml' };

/** The devices to try for a wish, in order; the processor is always the last. */
export function devicesFor(wanted: Device, platform: string): readonly Device[] {
	if (wanted === 'cpu') return ['cpu'];
	if (wanted !== 'auto') return [wanted, 'cpu'];
	const card = cards[platform];
	return card === undefined ? ['cpu'] : [card, 'cpu'];
}

/** The graphics card that the runtime in `binaries` can use on a platform, if the machine has one. */
export function cardsOf(platform: string, binaries: string): readonly Device[] {
	const card = cards[platform];
	if (card === undefined) return [];
	// CUDA comes in a library of its own, which most installations do without; the others are part of the runtime.
	return card !== 'cuda' || filesBelow(binaries).some((file) => file.includes('providers_cuda'))
		? [card]
		: [];
}

function filesBelow(directory: string): readonly string[] {
	try {
		return readdirSync(directory, { recursive: true }).map(String);
	} catch {
		return [];
	}
}

export interface OpenedSession<Session> {
	readonly session: Session;
	readonly device: Device;
	/** Said where a device was asked for by name and failed. */
	readonly notice: string | undefined;
}

/**
 * Opens a session on the first device that works. `keepsMemory`: of one run for the next, where each reads one text; what many
 * at once take is too much to keep. Throws what the processor's own failure was.
 */
export async function openOn<Session>(
	{ device: wanted, keepsMemory }: { readonly device: Device; readonly keepsMemory: boolean },
	platform: string,
	open: (options: InferenceSession.SessionOptions) => Promise<Session>,
): Promise<OpenedSession<Session>> {
	const [card, ...rest] = devicesFor(wanted, platform);
	if (rest.length === 0)
		return { session: await open(optionsOf('cpu', keepsMemory)), device: 'cpu', notice: undefined };
	try {
		return { session: await open(optionsOf(card!, false)), device: card!, notice: undefined };
	} catch (error) {
		const session = await open(optionsOf('cpu', keepsMemory));
		const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
		const notice =
			wanted === 'auto'
				? undefined
				: `jarvis.embedding.device “${wanted}” does not work here (${reason}); vectors are computed on the processor.`;
		return { session, device: 'cpu', notice };
	}
}

/** One thread: those of ONNX Runtime spin, and a second one on the same core makes both slower. */
function optionsOf(device: Device, keepsMemory: boolean): InferenceSession.SessionOptions {
	return {
		// Of a list, the first that is there is taken without a word; what one can't do, the processor does in any case.
		executionProviders: [device],
		intraOpNumThreads: 1,
		interOpNumThreads: 1,
		executionMode: 'sequential',
		// To give back after each run what the next one takes leaves the heap in pieces, and a plan of memory for each length,
		// which would be kept too, is no faster: 200 MB in place of 135 after a hundred texts of all lengths.
		enableCpuMemArena: keepsMemory,
		enableMemPattern: false,
		// Asked for by whoever tries a device: a failure is told in words.
		logSeverityLevel: device === 'cpu' ? 2 : 4,
	};
}

/** Texts a run that suit a device: one on a processor; on a card by the memory of the machine, as the guide has it. */
export function batchSizeFor(device: Device, totalMemoryBytes: number): number {
	if (device === 'cpu') return 1;
	const gb = totalMemoryBytes / 2 ** 30;
	if (gb >= 15.5) return 32;
	if (gb >= 7.5) return 16;
	return gb >= 3.5 ? 8 : 4;
}
