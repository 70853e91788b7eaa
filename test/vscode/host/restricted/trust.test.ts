import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { search, until, untilReady } from '../jarvis.ts';
import { askForTrust, untrustedSettings } from '../shared.ts';

const limit = untrustedSettings['jarvis.search.limit'];
const question = 'what to watch in the kiln';

suite('In Restricted Mode', () => {
	test('notes are indexed and searched', async () => {
		assert.equal(workspace.isTrusted, false);
		await untilReady();
		assert.equal((await search(question))[0], 'pottery/Kiln log.md');
	});

	test("the workspace's settings are ignored", async () => {
		assert.ok((await search(question)).length > limit);
	});

	test("the workspace's settings apply once it is trusted", async () => {
		const granted = new Promise<void>((resolve) => workspace.onDidGrantWorkspaceTrust(() => resolve()));
		console.log(askForTrust);
		await granted;
		await until(
			() => search(question),
			(paths) => paths.length === limit,
		);
	});
});
