import type { Settings } from './schema.ts';

/** Whether an index may follow its notes. */
export function mayIndex(settings: Pick<Settings, 'indexing.enabled' | 'duckdb.accessMode'>): boolean {
	return settings['indexing.enabled'] && settings['duckdb.accessMode'] !== 'read_only';
}
