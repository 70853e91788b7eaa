/** `migrateProcess.ts FILE`: opens an index by one more step than there are, which rewrites every note; says when it begins. */
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { marking } from './markedNotes.ts';
import { silentLogger } from './silentLogger.ts';

const database = await Database.open({ threads: 1, memoryLimitMb: 64 }, silentLogger, marking);
process.send?.('begins');
const store = new DuckdbStore(await database.attach(process.argv[2]!));
await store.close();
database.close();
