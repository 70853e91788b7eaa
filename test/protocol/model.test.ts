import { expect, test } from 'vitest';
import { changedBuild } from '../support/builtDirectory.ts';
import { Editor } from '../support/editor.ts';
import { isComplete, startServer } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const vault = { 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' };

test('with a damaged model, the reason is told and words are found', async () => {
	const directory = changedBuild({ model: Buffer.from('not a model') });
	const root = tempFolder(vault);
	const server = await startServer(root, { directory });
	const { models, problems, health } = await server.until(({ models }) => models[0]!.state === 'off');
	expect(models[0]!.reason).toMatch(/^The model file model\.onnx is damaged .* Reinstall the extension\.$/);
	expect(problems).toContain(`No search by meaning: ${models[0]!.reason}`);
	expect(health).toBe('degraded');
	await server.untilFound('heron', ['a.md']);
	const { hits, semanticOff } = await server.search('heron');
	expect(hits.map(({ path }) => path)).toEqual(['a.md']);
	expect(semanticOff).toBeTruthy();
	expect((await server.search('heron', { mode: 'semantic' })).hits).toEqual([]);
});

test('with a damaged model, changed notes are followed at once', async () => {
	const directory = changedBuild({ model: Buffer.from('not a model') });
	const root = tempFolder(vault);
	const server = await startServer(root, { directory });
	const editor = new Editor(server, root);
	await server.untilFound('heron', ['a.md']);
	for (const word of ['bittern', 'ibis', 'puffin']) {
		writeNote(root, `${word}.md`, `A ${word}.\n`);
		await editor.seen({ made: [`${word}.md`] });
		await server.untilFound(word, [`${word}.md`]);
	}
});

test('vectors made earlier are kept through a time without a model', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const whole = await startServer(root, { indexDirectory });
	await whole.ready();
	await whole.stop();
	const directory = changedBuild({ model: Buffer.from('not a model') });
	const broken = await startServer(root, { indexDirectory, directory });
	await broken.until((status) => isComplete(status) && status.models[0]!.state === 'off');
	const { semanticOff, hits } = await broken.search('stork');
	expect(semanticOff).toContain('damaged');
	expect(hits[0]?.path).toBe('b.md');
	await broken.stop();
	const again = await startServer(root, { indexDirectory });
	expect(await again.ready()).toMatchObject({ health: 'healthy', index: { embedded: 2 } });
});
