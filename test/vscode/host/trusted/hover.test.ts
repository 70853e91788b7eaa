import assert from 'node:assert/strict';
import { commands, type Hover, type MarkdownString, type Position } from 'vscode';
import { openNote, untilReady } from '../jarvis.ts';

suite('A hover', () => {
	suiteSetup(() => untilReady());

	test('on a wikilink shows the notes related to where it leads', async () => {
		assert.match(
			await hover('pottery/Kiln log.md', '[[Celadon]], held'),
			/Related to “Celadon”[\s\S]*Kiln log/,
		);
	});

	test('on a heading shows the notes related to its section', async () => {
		assert.match(
			await hover('pottery/Kiln log.md', 'Bisque'),
			/Related to “Bisque firing”[\s\S]*jarvis\.openNote/,
		);
	});

	test('on plain text shows nothing', async () => {
		assert.equal(await hover('pottery/Kiln log.md', 'nine hours'), '');
	});

	test('within a code block shows nothing', async () => {
		assert.equal(await hover('pottery/Kiln log.md', '[[Celadon]]\n```'), '');
	});
});

/** What our hover says a few characters into the first occurrence of `text`; empty for no hover. */
async function hover(path: string, text: string): Promise<string> {
	const document = await openNote(path);
	const offset = document.getText().indexOf(text);
	assert.notEqual(offset, -1);
	const position: Position = document.positionAt(offset + 3);
	const hovers = await commands.executeCommand<Hover[]>(
		'vscode.executeHoverProvider',
		document.uri,
		position,
	);
	const texts = hovers
		.flatMap(({ contents }) => contents)
		.map((content) => (content as MarkdownString).value);
	// VS Code's own markdown extension has hovers, too.
	return texts.filter((value) => value.includes('Related to')).join('\n');
}
