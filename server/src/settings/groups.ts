import { settingsSchema } from './schema.ts';
import type { SettingSpec } from './spec.ts';

/** Settings of one topic, under one title in the settings editor and in the documentation. */
export interface SettingGroup {
	readonly title: string;
	/** Names without `jarvis.`, in the order in which they are shown. */
	readonly settings: readonly (readonly [name: string, spec: SettingSpec])[];
}

/** Titles, what is changed most first, and the first parts of the names of what stands under each. */
const topics: readonly (readonly [title: string, firstParts: readonly string[]])[] = [
	['Search', ['search']],
	['Model', ['model']],
	['Indexing', ['indexing', 'index']],
	['Memory', ['memory', 'cache']],
	['Processor', ['embedding', 'io']],
	['Graph', ['graph']],
	['Neo4j', ['neo4j']],
	['Team', ['team']],
	['Monitor', ['performance', 'alerts']],
	['Maintenance', ['maintenance', 'log']],
	['Database', ['duckdb']],
	['Vector Index', ['vectorIndex']],
];

/** Every setting once, by topic. A setting of no topic is a bug, told by its name. */
export function settingGroups(): readonly SettingGroup[] {
	const all: readonly (readonly [string, SettingSpec])[] = Object.entries(settingsSchema);
	const groups = topics.map(([title, firstParts]) => ({
		title,
		settings: firstParts.flatMap((part) => all.filter(([name]) => firstPart(name) === part)),
	}));
	const homeless = all.find(([name]) => !topics.some(([, parts]) => parts.includes(firstPart(name))));
	if (homeless !== undefined) throw new Error(`No topic has the setting ${homeless[0]}.`);
	return groups;
}

function firstPart(name: string): string {
	return name.slice(0, name.indexOf('.'));
}
