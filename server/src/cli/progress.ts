import type { SharedEngine } from '../services/doors/sharedEngine.ts';

const barEveryMs = 100;
const lineEveryMs = 5000;

/** Shows on standard error how far indexing is: a line that redraws on a terminal, plain lines elsewhere. Returns what ends it. */
export function reportProgress(engine: Pick<SharedEngine, 'status'>, isQuiet: boolean): () => void {
	if (isQuiet) return () => {};
	const isTerminal = process.stderr.isTTY;
	const show = async () => {
		const { state, notes, pendingNotes, chunks, embedded, secondsLeft, switching } = (await engine.status())
			.index;
		const left = secondsLeft === undefined ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
		const line =
			state === 'embedding'
				? `passages embedded ${switching?.embedded ?? embedded}/${chunks}${left}`
				: `notes read ${notes}/${notes + pendingNotes}`;
		process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
	};
	const timer = setInterval(() => void show(), isTerminal ? barEveryMs : lineEveryMs);
	return () => {
		clearInterval(timer);
		if (isTerminal) process.stderr.write('\r\x1b[K');
	};
}
