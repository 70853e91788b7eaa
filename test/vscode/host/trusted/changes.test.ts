import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { commands, Range, WorkspaceEdit, window, workspace } from 'vscode';
import { jarvis, openNote, search, until, untilFirst, untilReady, uriOf } from '../jarvis.ts';

const tides =
	'# Tides\n\nSpring tides come with the new moon and with the full moon, when sun and moon pull in line.\n';
const aboutTides = 'spring tides, new moon and full moon';

suite('The index', () => {
	suiteSetup(() => untilReady());

	test('follows notes that are created, renamed and deleted on disk', async () => {
		await writeFile(uriOf('Tides.md').fsPath, tides);
		await untilFirst(aboutTides, 'Tides.md');
		await rename(uriOf('Tides.md').fsPath, uriOf('Ebb and flow.md').fsPath);
		await untilFirst(aboutTides, 'Ebb and flow.md');
		assert.ok(!(await search(aboutTides)).includes('Tides.md'));
		await remove('Ebb and flow.md');
	});

	test('has the text of an open note as it is in the editor, and as it is on disk once that is closed', async () => {
		const question = '"aurora borealis"';
		const document = await openNote('pottery/Wheel throwing.md');
		const edit = new WorkspaceEdit();
		edit.replace(
			document.uri,
			new Range(0, 0, document.lineCount, 0),
			'# Northern lights\n\nAurora borealis, seen from Tromsø in January.\n',
		);
		await workspace.applyEdit(edit);
		assert.ok(document.isDirty);
		await untilFirst(question, 'pottery/Wheel throwing.md');

		await window.showTextDocument(document);
		await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
		await untilFirst('how fast does the potter’s wheel turn', 'pottery/Wheel throwing.md');
		const { search: ask } = await jarvis();
		await until(
			async () => (await ask({ query: question, mode: 'keyword' })).hits.length,
			(hits) => hits === 0,
		);
	});

	test('says that it is paused, and takes in new notes once it is resumed', async () => {
		const { status } = await jarvis();
		await commands.executeCommand('jarvis.pauseIndexing');
		await until(status, ({ index }) => index.state === 'paused');
		await writeFile(uriOf('Tides.md').fsPath, tides);
		await commands.executeCommand('jarvis.resumeIndexing');
		await untilFirst(aboutTides, 'Tides.md');
		await remove('Tides.md');
	});
});

/** Deletes a note that `aboutTides` finds, and waits until it is found no more. */
async function remove(path: string): Promise<void> {
	await rm(uriOf(path).fsPath);
	await until(
		() => search(aboutTides),
		(paths) => !paths.includes(path),
	);
}
