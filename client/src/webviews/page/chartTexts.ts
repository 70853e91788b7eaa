import type { Language } from '../../language.ts';
import type { ChartSpec } from './chartSpecs.ts';
import { type Columns, lastValues } from './columns.ts';

/** What a chart shows, for who does not see it: of each line the last value, and how low and high it went. */
export function chartSummary(spec: ChartSpec, columns: Columns, { t }: Language): string {
	if (columns.times.length === 0) return t('{0}: no figures yet.', spec.title);
	const last = lastValues(columns);
	const lines = spec.lines.map(({ label }, at) => {
		const known = columns.values[at]!.filter((value) => value !== null);
		if (known.length === 0) return t('{0}: none', label);
		const bounds = [Math.min(...known), Math.max(...known)].map(spec.format);
		return t('{0} {1}, between {2} and {3}', label, spec.format(last[at] ?? 0), bounds[0]!, bounds[1]!);
	});
	return `${spec.title}: ${lines.join('; ')}.`;
}

/** Time of day; with seconds where they tell instants of the chart apart. */
export function clock(atMs: number, locale: string, withSeconds: boolean): string {
	return new Date(atMs).toLocaleTimeString(locale, {
		hour: '2-digit',
		minute: '2-digit',
		...(withSeconds && { second: '2-digit' }),
	});
}
