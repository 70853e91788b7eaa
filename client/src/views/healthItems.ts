import type { PartHealth } from '../../../server/src/protocol/performance.ts';
import { healthRows } from '../healthRows.ts';
import type { Language } from '../language.ts';

/** How a part is, as a row of the menu. */
export interface HealthItem {
	/** With its `$(icon)`. */
	readonly label: string;
	readonly description: string;
	/** The reason, where something is wrong. */
	readonly detail: string;
	/** What is told where it is chosen, since a row has no room for it: reason and remedy. Left out where nothing is wrong. */
	readonly told?: string;
	/** The command that does something about it. */
	readonly remedy?: string;
}

const icons = {
	healthy: 'pass',
	degraded: 'warning',
	disabled: 'circle-slash',
	unconfigured: 'circle-outline',
} as const;

/** A row for each part, with the reason where it is not healthy. */
export function healthItems(parts: readonly PartHealth[], language: Language): readonly HealthItem[] {
	return healthRows(parts, {}, language).map(({ part, health, healthText, reason, remedy }, at) => {
		const label = `$(${icons[health]}) ${part}`;
		const isAiling = health === 'degraded' || health === 'disabled';
		if (!isAiling) {
			return { label, description: [healthText, reason].filter(Boolean).join(' · '), detail: '' };
		}
		const command = parts[at]!.command;
		return {
			...{ label, description: healthText, detail: reason ?? '' },
			told: [`${part}: ${healthText}.`, reason, remedy].filter(Boolean).join(' '),
			...(command === undefined ? {} : { remedy: command }),
		};
	});
}
