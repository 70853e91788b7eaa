/** `run.ts trusted|restricted REPORT`: mocha inside the extension host of a real VS Code, on the installed VSIX. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openPage, startBrowser } from '../harness/browser.ts';
import { startEditor } from '../harness/editor.ts';
import { pottery } from '../harness/pottery.ts';
import { createSandbox } from '../harness/sandbox.ts';
import { Workbench } from '../harness/workbench.ts';
import { bundleHostTests } from './bundle.ts';
import { askForTrust, reportVariable, untrustedSettings } from './shared.ts';

const limitMs = 300_000;

const [trust, report] = process.argv.slice(2);
if ((trust !== 'trusted' && trust !== 'restricted') || report === undefined)
	throw new Error('Usage: run.ts trusted|restricted REPORT');

const code = await runHostTests(trust, resolve(report));
console.log(`The extension host's tests ended with ${code}.`);
process.exit(code === 0 ? 0 : 1);

async function runHostTests(trust: 'trusted' | 'restricted', report: string): Promise<number | 'late'> {
	mkdirSync(dirname(report), { recursive: true });
	const tests = await bundleHostTests(trust);
	const sandbox = createSandbox(pottery);
	if (trust === 'restricted') {
		mkdirSync(join(sandbox.vault, '.vscode'), { recursive: true });
		writeFileSync(join(sandbox.vault, '.vscode', 'settings.json'), JSON.stringify(untrustedSettings));
	}
	const editor = await startEditor(sandbox, {
		trust,
		env: { [reportVariable]: report },
		// Without it a released VS Code takes no tests from an address.
		flags: ['--vscode-option', 'enable-smoke-test-driver'],
	});
	const browser = await startBrowser();
	try {
		const page = await openPage(browser);
		const ended = listen(page);
		const url = editor.url(sandbox.vault, [
			['extensionDevelopmentPath', editor.remoteUri(resolve(import.meta.dirname, 'driver'))],
			['extensionTestsPath', editor.remoteUri(tests)],
			['skipWelcome', 'true'],
		]);
		await new Workbench(page).open(url);
		const code = await Promise.race([ended, delay(limitMs, 'late' as const, { ref: false })]);
		await page.screenshot({ path: `out/screenshots/host-${trust}.png` });
		return code;
	} finally {
		await browser.close();
		await editor.stop();
		sandbox.dispose();
	}
}

/** Resolves with the exit code of the tests; grants trust by a click, as a user would, when they ask for it. */
async function listen(page: Page): Promise<number> {
	await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
		if (args[0] === askForTrust) void grantTrust(page);
		else if (type === 'error') console.log(...args);
	});
	return new Promise((resolve, reject) => {
		page.exposeFunction('codeAutomationExit', resolve).catch(reject);
	});
}

async function grantTrust(page: Page): Promise<void> {
	await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).click();
	await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
}
