import type { PartHealth } from '../../../server/src/protocol/performance.ts';
import { type HealthRow, healthRows } from '../healthRows.ts';
import type { Language } from '../language.ts';

/** How a part is, as a row of the menu. */
export interface HealthItem {
	/** With its `$(icon)`. */
	readonly label: string;
	readonly description: string;
	/** Reason and remedy, where something is to be done. */
	readonly detail: string;
	/** What choosing it runs: the remedy, or the page that shows all of it. */
	readonly command: string;
	readonly isAiling: boolean;
}

const icons = {
	healthy: 'pass',
	degraded: 'warning',
	disabled: 'circle-slash',
	unconfigured: 'circle-outline',
} as const;

/** A row for each part, with the reason where it is not healthy. */
export function healthItems(parts: readonly PartHealth[], language: Language): readonly HealthItem[] {
	return healthRows(parts, {}, language).map((row, at) => {
		const isAiling = row.health === 'degraded' || row.health === 'disabled';
		return {
			label: `$(${icons[row.health]}) ${row.part}`,
			description: isAiling ? row.healthText : [row.healthText, row.reason].filter(Boolean).join(' · '),
			detail: isAiling ? reasonAndRemedy(row) : '',
			command: parts[at]!.command ?? 'jarvis.showDashboard',
			isAiling,
		};
	});
}

function reasonAndRemedy({ reason, remedy }: HealthRow): string {
	return [reason, remedy].filter(Boolean).join(' ');
}
