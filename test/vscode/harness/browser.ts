import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../scripts/host/chromium.ts';

/** Starts Chromium without a window. */
export async function startBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: await findChromium((line) => console.log(line)),
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
	});
}

/** A page that reaches nothing but this machine. */
export async function openPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		// Else screenshots show hovers half faded in.
		reducedMotion: 'reduce',
	});
	await context.route(
		(url) => url.hostname !== '127.0.0.1',
		(route) => route.abort(),
	);
	return context.newPage();
}
