/** One JSON document on standard output. */
export function printJson(document: unknown): void {
	process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

export function printLine(line = ''): void {
	process.stdout.write(`${line}\n`);
}

/** Bold on a terminal, as it is elsewhere. */
export function bold(text: string): string {
	return process.stdout.isTTY ? `\x1b[1m${text}\x1b[22m` : text;
}

/** Dim on a terminal, as it is elsewhere. */
export function dim(text: string): string {
	return process.stdout.isTTY ? `\x1b[2m${text}\x1b[22m` : text;
}
