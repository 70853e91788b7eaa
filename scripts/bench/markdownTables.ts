/** Tables of markdown, as benches print them and docs/benchmarks.md keeps them. Pure. */

export interface Table {
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** A number that was committed, and the one of now. */
export interface Ratio {
	/** Cells of the row that are no figures. */
	readonly row: string;
	readonly column: string;
	readonly before: number;
	readonly now: number;
	readonly ratio: number;
}

/** Of a row's cells, at most so many are names. */
const mostNames = 3;

/** All tables of a text, in order. */
export function tablesIn(text: string): readonly Table[] {
	const tables: Table[] = [];
	let lines: string[] = [];
	const end = () => {
		if (lines.length > 2 && /^\|[\s:|-]+\|$/.test(lines[1]!))
			tables.push({ head: cellsOf(lines[0]!), rows: lines.slice(2).map(cellsOf) });
		lines = [];
	};
	for (const line of text.split('\n')) {
		if (line.startsWith('|')) lines.push(line.trimEnd());
		else end();
	}
	end();
	return tables;
}

/** Every figure that both have: in a column of the same name, in a row whose names are the same. */
export function ratiosOf(now: Table, committed: readonly Table[]): readonly Ratio[] {
	return now.rows.flatMap((row) => {
		const name = nameOf(row);
		const known = committed.flatMap(({ head, rows }) =>
			head.length === now.head.length && head[0] === now.head[0]
				? rows.filter((other) => nameOf(other) === name).map((other) => ({ head, other }))
				: [],
		)[0];
		if (known === undefined) return [];
		return now.head.flatMap((column, at) => {
			if (at < namesOf(row).length) return [];
			const before = known.other[known.head.indexOf(column)];
			const pairs = figuresOf(row[at]!).map(
				(figure, part) => [figuresOf(before ?? '')[part], figure] as const,
			);
			return pairs.flatMap(([old, figure], part) =>
				old === undefined || old === 0
					? []
					: [
							{
								...{ row: name, column: pairs.length === 1 ? column : `${column} (${part + 1})` },
								...{ before: old, now: figure, ratio: figure / old },
							},
						],
			);
		});
	});
}

/** `text` with each table that `tables` has a newer one of replaced by it: rows that are not measured anew stay. */
export function withTables(text: string, tables: readonly Table[]): string {
	const lines = text.split('\n');
	for (const table of tables) {
		const start = lines.findIndex(
			(line, at) =>
				line.startsWith('|') && sameCells(cellsOf(line), table.head) && lines[at + 1]?.startsWith('|'),
		);
		if (start < 0) continue;
		for (let at = start + 2; lines[at]?.startsWith('|'); at++) {
			const name = nameOf(cellsOf(lines[at]!));
			const fresh = table.rows.find((row) => nameOf(row) === name);
			if (fresh !== undefined) lines[at] = `| ${fresh.join(' | ')} |`;
		}
	}
	return lines.join('\n');
}

/** Cells at the front of a row that say what it is of: sizes may stand before a name. */
function namesOf(row: readonly string[]): readonly string[] {
	const last = row.slice(0, mostNames).findLastIndex((cell) => figuresOf(cell).length === 0);
	return row.slice(0, Math.max(last, 0) + 1);
}

function nameOf(row: readonly string[]): string {
	return namesOf(row)
		.map((cell) => cell.replaceAll('*', ''))
		.join(' · ');
}

function figuresOf(cell: string): readonly number[] {
	const plain = cell.replaceAll('*', '').trim();
	return /^[\d.]+(?:\s*\/\s*[\d.]+)*$/.test(plain) ? plain.split('/').map(Number) : [];
}

function cellsOf(line: string): readonly string[] {
	return line
		.slice(1, line.lastIndexOf('|'))
		.split('|')
		.map((cell) => cell.trim());
}

function sameCells(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((cell, at) => cell === b[at]);
}
