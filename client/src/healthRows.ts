import type { PartHealth, PartName } from '../../server/src/protocol/performance.ts';
import type { Language } from './language.ts';

export interface HealthRow {
	readonly part: string;
	readonly health: PartHealth['health'];
	readonly healthText: string;
	readonly reason: string | undefined;
	readonly remedy: string | undefined;
	/** The button that does it. */
	readonly button: { readonly command: string; readonly title: string } | undefined;
}

/** `titles` of the commands that the page may ask for; a remedy that names another gets no button. */
export function healthRows(
	health: readonly PartHealth[],
	titles: Readonly<Record<string, string>>,
	language: Language,
): readonly HealthRow[] {
	return health.map(({ part, health: state, reason, remedy, command }) => {
		const title = command === undefined ? undefined : titles[command];
		return {
			part: partLabel(part, language),
			health: state,
			healthText: healthText(state, language),
			reason,
			remedy,
			button: command !== undefined && title !== undefined ? { command, title } : undefined,
		};
	});
}

function partLabel(part: PartName, { t }: Language): string {
	switch (part) {
		case 'index':
			return t('Index');
		case 'model':
			return t('Model');
		case 'graph':
			return t('Graph');
		case 'neo4j':
			return 'Neo4j';
		case 'disk':
			return t('Disk');
	}
}

function healthText(health: PartHealth['health'], { t }: Language): string {
	switch (health) {
		case 'healthy':
			return t('Healthy');
		case 'degraded':
			return t('Degraded');
		case 'disabled':
			return t('Off');
		case 'unconfigured':
			return t('Not set up');
	}
}
