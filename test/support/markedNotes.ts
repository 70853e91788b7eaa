import { type Migration, migrations } from '../../server/src/adapters/duckdb/migrations.ts';

/** The steps that there are, and one that writes every title and every text anew, with a mark at its end. */
export const marking: readonly Migration[] = [
	...migrations,
	["UPDATE passage SET text = text || '!'", "UPDATE note SET title = title || '!'"],
];
