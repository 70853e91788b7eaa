import type { Settings } from '../../settings/schema.ts';

/** Settings that an index is made by: they are the leader's. */
const names = [
	'model.preset',
	'indexing.enabled',
	'indexing.exclude',
	'search.language',
	'vectorIndex.kind',
] as const;

export function sharedSettings(settings: Settings): Readonly<Record<string, unknown>> {
	return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

/** The settings of `own` that the leader's are other than, as the user knows them. */
export function differingSettings(
	own: Readonly<Record<string, unknown>>,
	leaders: Readonly<Record<string, unknown>>,
): readonly string[] {
	const differing = Object.keys(own).filter(
		(name) => JSON.stringify(own[name]) !== JSON.stringify(leaders[name]),
	);
	return differing.map((name) => `jarvis.${name}`);
}
