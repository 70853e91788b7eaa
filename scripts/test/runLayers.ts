import { bold, say, seconds } from '../host/printer.ts';
import { SetupError } from '../host/setupError.ts';
import { type Layer, type LayerResult, type Step, single } from './layer.ts';

interface Row extends LayerResult {
	readonly name: string;
	readonly ms: number;
}

/** Runs every step in order, also after one that failed, prints what they came to, and sets the exit code. */
export async function runLayers(steps: readonly Step[]): Promise<void> {
	const rows: Row[] = [];
	for (const step of steps) rows.push(...(await Promise.all([step].flat().map(runLayer))));
	printTable(rows);
	for (const { title, reason } of rows.flatMap(({ skipped }) => skipped))
		say(`skipped: ${title} (${reason})`);
	const failed = sum(rows, (row) => row.failed);
	const skipped = sum(rows, (row) => row.skipped.length);
	say(
		`${sum(rows, (row) => row.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
	);
	process.exitCode = failed > 0 ? 1 : 0;
}

async function runLayer(layer: Layer): Promise<Row> {
	const began = performance.now();
	const result = await layer.run().catch(failure);
	const row = { ...result, name: layer.name, ms: performance.now() - began };
	if (row.failed > 0) say(`\n${row.output.trim()}\n`);
	say(`${row.failed > 0 ? 'FAILED' : 'ok    '}  ${row.name}, ${seconds(row.ms)} s`);
	return row;
}

function failure(error: unknown): LayerResult {
	if (error instanceof SetupError) return single(false, error.message);
	return single(false, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function printTable(rows: readonly Row[]): void {
	const width = Math.max(...rows.map(({ name }) => name.length));
	const line = (cells: readonly (string | number)[]) =>
		[String(cells[0]).padEnd(width), ...cells.slice(1).map((cell) => String(cell).padStart(8))].join('');
	say();
	say(bold(line(['layer', 'passed', 'failed', 'skipped', 'seconds'])));
	for (const { name, passed, failed, skipped, ms } of rows)
		say(line([name, passed, failed, skipped.length, seconds(ms)]));
	say();
}

function sum(rows: readonly Row[], count: (row: Row) => number): number {
	return rows.reduce((total, row) => total + count(row), 0);
}
