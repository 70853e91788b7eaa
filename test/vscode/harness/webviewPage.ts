import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The frame that holds an extension's page: the one with an element of this selector. */
export async function webviewFrame(page: Page, selector: string): Promise<Frame> {
	for (const until = Date.now() + 30_000; Date.now() < until; await page.waitForTimeout(100)) {
		for (const frame of page.frames()) {
			// A frame may go while it is asked.
			if (
				(await frame
					.locator(selector)
					.count()
					.catch(() => 0)) > 0
			)
				return frame;
		}
	}
	throw new Error(`No page of a webview has ${selector}.`);
}

/** Waits until VS Code's markdown preview shows a page of this heading with this text on it. */
export async function renderedPage(page: Page, heading: string, text: string | RegExp): Promise<void> {
	const frame = await webviewFrame(page, `.markdown-body h1:text-is("${heading}")`);
	await frame.locator('.markdown-body').getByText(text).first().waitFor();
}

/**
 * What axe finds wrong in a frame, or within `selector` there: the rule, and where. The page's policy does not hold for what a
 * debugger runs.
 */
export async function accessibilityFaults(frame: Frame, selector = 'html'): Promise<readonly string[]> {
	await frame.evaluate(readFileSync(axeSource, 'utf8'));
	const { violations } = await frame.evaluate(
		(within) =>
			(globalThis as unknown as { axe: { run(within: string): Promise<AxeResults> } }).axe.run(within),
		selector,
	);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
	);
}
