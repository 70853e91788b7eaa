/** `1013` as `1,013`. */
export function formatCount(count: number, locale: string): string {
	return new Intl.NumberFormat(locale).format(count);
}

/** Whole megabytes, with their unit. */
export function formatMb(mb: number, locale: string): string {
	return `${formatCount(Math.round(mb), locale)} MB`;
}

/** Bytes in the unit that leaves one to three digits before the point. */
export function formatBytes(bytes: number, locale: string): string {
	const units = ['B', 'KB', 'MB', 'GB'];
	const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
	const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
	return `${format.format(bytes / 1024 ** power)} ${units[power]}`;
}

/** Milliseconds: one decimal below 10, none above. */
export function formatMs(ms: number, locale: string): string {
	const format = new Intl.NumberFormat(locale, { maximumFractionDigits: ms < 10 ? 1 : 0 });
	return `${format.format(ms)} ms`;
}

/** Percent done, 0 to 100, rounded down so that 100 means all. `undefined` where there is nothing to do. */
export function percentDone(done: number, total: number): number | undefined {
	return total === 0 ? undefined : Math.floor((100 * done) / total);
}
