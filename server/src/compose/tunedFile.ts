import { join } from 'node:path';
import { jsonFile } from '../adapters/files/jsonFile.ts';
import { cacheDirectory } from '../indexPlace.ts';
import type { JsonDocument } from '../ports/files.ts';

/** What settings files held before they were tuned, by file. */
export function tunedFile(): JsonDocument {
	return jsonFile(join(cacheDirectory(), 'tuned.json'));
}
