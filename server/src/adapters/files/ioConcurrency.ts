const mostAtOnce = 8;
/** Threads that Node asks the system by, unless told otherwise before their first use. */
const usualThreads = 4;

/** File operations side by side for a processor of so many cores, where no number is asked for. */
export function ioConcurrency(asked: number | 'auto', physicalCores: number): number {
	return asked === 'auto' ? Math.min(mostAtOnce, 2 * physicalCores) : asked;
}

/** Gives Node a thread for each. Without effect once it has begun to use them. */
export function growThreadPool(atOnce: number): void {
	if (atOnce > usualThreads) process.env.UV_THREADPOOL_SIZE ??= String(atOnce);
}
