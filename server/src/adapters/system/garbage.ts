import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * Lets V8 collect before the heap has grown to several times what it holds, as it does where memory seems to be plenty: what
 * was kept for a while, as answers are, and is dropped then lies there until a full collection. For all threads of this process.
 */
export function keepHeapSmall(): void {
	setFlagsFromString('--optimize-for-size');
}

/** Collects all garbage of this thread and gives the pages back; takes some tens of milliseconds. */
export function collectGarbage(): void {
	collect ??= findCollector();
	collect();
}

function findCollector(): () => void {
	setFlagsFromString('--expose-gc');
	return runInNewContext('gc') as () => void;
}
