/** The value that `share` (0 to 1) of the values do not exceed; `undefined` where there are none. */
export function quantileOf(values: readonly number[], share: number): number | undefined {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
