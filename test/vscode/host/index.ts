/** What VS Code runs in its extension host: all tests beside this file. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportVariable, type TestOutcome } from './shared.ts';

export async function run(): Promise<void> {
	// Bundled as CommonJS, an `import` of the head would take the namespace for the default export.
	const { default: Mocha } = await import('mocha');
	const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: false });
	for (const name of readdirSync(__dirname).sort())
		if (name.endsWith('.test.cjs')) mocha.addFile(join(__dirname, name));
	const tests: TestOutcome[] = [];
	return new Promise((resolve, reject) => {
		const runner = mocha.run((failures) => {
			writeFileSync(process.env[reportVariable]!, JSON.stringify({ tests }, undefined, '\t'));
			if (failures === 0) resolve();
			else reject(new Error(`${failures} failed`));
		});
		const add = (state: TestOutcome['state']) => (test: Mocha.Test) =>
			tests.push({ title: test.fullTitle(), state, ms: test.duration });
		runner.on('pass', add('passed'));
		runner.on('pending', add('skipped'));
		runner.on('fail', (test, error) => {
			add('failed')(test as Mocha.Test);
			console.error(`${test.fullTitle()}\n${error.stack ?? error}`);
		});
	});
}
