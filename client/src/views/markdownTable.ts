/** A markdown table, its columns of one width: the page is read as it stands as often as in a preview. */
export function markdownTable(
	head: readonly string[],
	rows: readonly (readonly string[])[],
): readonly string[] {
	const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => row[at]!.length)));
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const padded = (row: readonly string[]) =>
		line(row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))));
	const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
	return [padded(head), line(rule), ...rows.map(padded)];
}
