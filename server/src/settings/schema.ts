import { databaseSettings } from './database.ts';
import { displaySettings } from './display.ts';
import { graphSettings } from './graph.ts';
import { indexingSettings } from './indexing.ts';
import { maintenanceSettings } from './maintenance.ts';
import { modelSettings } from './model.ts';
import { neo4jSettings } from './neo4j.ts';
import { performanceSettings } from './performance.ts';
import { resourceSettings } from './resources.ts';
import { searchSettings } from './search.ts';
import type { SettingSpec, SettingType } from './spec.ts';
import { teamSettings } from './team.ts';
import { vectorIndexSettings } from './vectorIndex.ts';

/**
 * Every setting, once: name without `jarvis.`, default, bounds, words. `package.json` and the documentation
 * are generated from this table and a test holds them to it. Environment variables of the reference guide's
 * names work for the command line.
 */
export const settingsSchema = {
	...modelSettings,
	...searchSettings,
	...indexingSettings,
	...databaseSettings,
	...vectorIndexSettings,
	...resourceSettings,
	...neo4jSettings,
	...teamSettings,
	...graphSettings,
	...maintenanceSettings,
	...performanceSettings,
	...displaySettings,
} as const satisfies Record<string, SettingSpec>;

export type Settings = {
	readonly [Name in keyof typeof settingsSchema]: SettingType<(typeof settingsSchema)[Name]>;
};
