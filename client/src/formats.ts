/** `1013` as `1,013`. */
export function formatCount(count: number, locale: string): string {
	return format(count, 0, locale);
}

/** Whole megabytes, with their unit. */
export function formatMb(mb: number, locale: string): string {
	return `${formatCount(Math.round(mb), locale)} MB`;
}

/** Bytes in the unit that leaves one to three digits before the point; three digits in all. */
export function formatBytes(bytes: number, locale: string): string {
	const units = ['B', 'KB', 'MB', 'GB'];
	const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
	const amount = bytes / 1024 ** power;
	const digits = amount < 10 ? 2 : amount < 100 ? 1 : 0;
	return `${format(amount, digits, locale)} ${units[power]}`;
}

/** Milliseconds, with their unit. What comes from a cache takes less than is shown: that is no nought. */
export function formatMs(ms: number, locale: string): string {
	return ms < 0.05 ? `<${format(0.1, 1, locale)} ms` : `${formatFigure(ms, locale)} ms`;
}

/** A measured figure: one decimal below 10, none above. */
export function formatFigure(value: number, locale: string): string {
	return format(value, value < 10 ? 1 : 0, locale);
}

/** A measured figure that may be small: two decimals below 1, one below 10, none above. */
export function formatFine(value: number, locale: string): string {
	return format(value, value < 1 ? 2 : value < 10 ? 1 : 0, locale);
}

/** Percent done, 0 to 100, rounded down so that 100 means all. `undefined` where there is nothing to do. */
export function percentDone(done: number, total: number): number | undefined {
	return total === 0 ? undefined : Math.floor((100 * done) / total);
}

/** Display languages of VS Code that set `.` between thousands, and those that set a narrow space; both have a decimal comma. */
const dotted = /^(?:de|es|it|pt|tr|nl|da)\b/i;
const spaced = /^(?:fr|ru|pl|cs|hu|bg|sv|fi|nb|uk)\b/i;

/**
 * A number with at most `digits` decimals. By hand, because the first use of `Intl.NumberFormat` reads the data of all
 * locales, which held up the extension host for 76 ms (measured by our own test of it).
 */
function format(value: number, digits: number, locale: string): string {
	const [group, point] = dotted.test(locale)
		? ['.', ',']
		: spaced.test(locale)
			? ['\u202f', ',']
			: [',', '.'];
	const [whole = '', decimals = ''] = value.toFixed(digits).split('.');
	const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
	const telling = decimals.replace(/0+$/, '');
	return telling === '' ? grouped : `${grouped}${point}${telling}`;
}
