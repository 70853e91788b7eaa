import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jarvisJson } from '../support/cli.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** Its file of the device's id is what onnxruntime makes before it sends anything. */
test('the runtime of the model is told to send nothing: it leaves no trace of its telemetry', async () => {
	const [home, cache] = [tempFolder(), tempFolder()];
	const root = tempFolder({ 'a.md': 'A heron.\n' });
	const env = { HOME: home, XDG_CACHE_HOME: cache };
	const { embedded } = await jarvisJson<{ embedded: number }>(['index', root], { env });
	expect(embedded).toBe(1);
	const files = [home, cache].flatMap((folder) =>
		readdirSync(folder, { recursive: true, withFileTypes: true }).map(({ parentPath, name }) =>
			join(parentPath, name),
		),
	);
	expect(files.filter((file) => /Microsoft|onnxruntime|deviceid/i.test(file))).toEqual([]);
});
