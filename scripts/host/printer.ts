const isTerminal = process.stdout.isTTY === true;

export const bold = (text: string) => (isTerminal ? `\x1b[1m${text}\x1b[22m` : text);
export const dim = (text: string) => (isTerminal ? `\x1b[2m${text}\x1b[22m` : text);

export function say(line = ''): void {
	process.stdout.write(`${line}\n`);
}

/** Does one step of a longer task, and says what it was and how long it took. */
export async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
	const began = performance.now();
	const result = await run();
	say(`${dim(`${seconds(performance.now() - began).padStart(6)} s`)}  ${name}`);
	return result;
}

/** `1234` as `1.2`. */
export function seconds(ms: number): string {
	return (ms / 1000).toFixed(1);
}
