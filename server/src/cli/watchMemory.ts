const everyMs = 100;

/** Follows resident memory of this process and the model's together; returns what tells the peak so far, bytes. */
export function watchMemory(embedderBytes: () => number): () => number {
	let peak = 0;
	const measure = () => {
		peak = Math.max(peak, process.memoryUsage.rss() + embedderBytes());
		return peak;
	};
	setInterval(measure, everyMs).unref();
	return measure;
}
