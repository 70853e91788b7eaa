import { expect, test } from 'vitest';
import { Doctor } from '../../server/src/protocol/doctor.ts';
import { startServer } from '../support/languageServer.ts';
import { tempFolder } from '../support/tempFolder.ts';

test('a window’s doctor knows who leads the index, and names the editor', async () => {
	const root = tempFolder({ 'a.md': 'A heron.\n' });
	const indexDirectory = tempFolder();
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	const second = await startServer(root, { indexDirectory });
	await second.until(({ folders }) => folders[0]?.door === 'attached');
	for (const server of [first, second]) {
		const { findings } = await server.ask(Doctor, { editor: { version: '1.104.0' } });
		const lock = findings.find(({ id }) => id.startsWith('lock:'))!;
		expect(lock).toMatchObject({ severity: 'ok' });
		expect(lock.what).toContain(`led by process ${first.pid}`);
		expect(findings.find(({ id }) => id.startsWith('index:'))).toMatchObject({ severity: 'ok' });
		expect(findings.find(({ id }) => id === 'runtime')?.what).toContain('VS Code 1.104.0');
	}
});
