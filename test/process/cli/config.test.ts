import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../../server/src/settings/schema.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { tempFolder } from '../../support/tempFolder.ts';

interface Config {
	readonly settings: readonly { readonly name: string }[];
	readonly problems: readonly string[];
}

test('every setting is shown as it is taken, with where it is from and what is wrong', async () => {
	const folder = tempFolder();
	const file = join(folder, 'settings.json');
	const given = {
		'jarvis.search.limit': 7,
		'jarvis.search.precison': 'all',
		'jarvis.memory.limitMb': 1,
		'editor.tabSize': 2,
	};
	writeFileSync(file, `// mine\n${JSON.stringify(given)}`);
	const options = ['--settings', file, '--index-dir', folder];
	const { settings, problems } = await jarvisJson<Config>(['config', ...options], {
		env: { JARVIS_BATCH_SIZE: '8' },
	});
	expect(settings.map(({ name }) => name).toSorted()).toEqual(
		Object.keys(settingsSchema)
			.map((name) => `jarvis.${name}`)
			.toSorted(),
	);
	const shown = new Map(settings.map((setting) => [setting.name, setting]));
	expect(shown.get('jarvis.search.limit')).toMatchObject({ value: 7, default: 10, from: 'file' });
	expect(shown.get('jarvis.embedding.batchSize')).toMatchObject({
		value: 8,
		from: 'environment',
		env: 'JARVIS_BATCH_SIZE',
	});
	expect(shown.get('jarvis.index.directory')).toMatchObject({ value: folder, from: 'option' });
	expect(shown.get('jarvis.memory.limitMb')).toMatchObject({ value: 1024 });
	expect(shown.get('jarvis.model.preset')).toMatchObject({ from: 'default' });
	expect(problems).toEqual([
		expect.stringContaining('jarvis.memory.limitMb must be between'),
		'There is no setting jarvis.search.precison.',
	]);
	const { stdout } = await jarvis(['config', ...options]);
	expect(stdout).toContain('jarvis.search.limit = 7  from file');
});
