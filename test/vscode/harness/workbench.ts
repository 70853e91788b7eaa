import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Short name and title of each kind of theme that VS Code has. */
export const themes = [
	['dark', 'Dark Modern'],
	['light', 'Light Modern'],
	['high-contrast', 'Dark High Contrast'],
	['high-contrast-light', 'Light High Contrast'],
] as const;

/** What a user sees and does in VS Code's window. Its selectors hold for 1.139. */
export class Workbench {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens the window and waits until it can be used. */
	async open(url: string): Promise<void> {
		await this.page.goto(url);
		await this.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
	}

	get quickInput(): Locator {
		return this.page.locator('.quick-input-widget');
	}

	get quickInputBox(): Locator {
		return this.quickInput.locator('input[type="text"], input.input').first();
	}

	quickInputRow(text?: string | RegExp): Locator {
		const rows = this.quickInput.locator('.quick-input-list .monaco-list-row');
		return text === undefined ? rows : rows.filter({ hasText: text });
	}

	/** Runs a command of the palette by its title. The row is clicked: the list is sorted anew while one types. */
	async run(title: string): Promise<void> {
		await this.page.keyboard.press('F1');
		await this.quickInputBox.fill(`>${title}`);
		await this.quickInputRow(title).first().click();
	}

	/** Opens a file by Go to File. `path` must be the end of one file's path only. */
	async openFile(path: string): Promise<void> {
		const name = path.slice(path.lastIndexOf('/') + 1);
		await this.run('Go to File...');
		await this.quickInputBox.fill(path);
		await this.quickInputRow(name).first().waitFor();
		// Rows are used again for other files until the list has settled.
		await this.quickInputRow().nth(1).waitFor({ state: 'detached' });
		await this.quickInputRow(name).click();
		await this.activeTab(name).waitFor();
	}

	activeTab(name: string | RegExp): Locator {
		return this.page.locator('.editor-group-container.active .tab.active', { hasText: name });
	}

	editorLine(text: string | RegExp): Locator {
		return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
	}

	/** Line and column of the cursor, as the status bar has them: `Ln 3, Col 1`. */
	get cursor(): Locator {
		return this.page.locator('[id="status.editor.selection"]');
	}

	statusItem(id: string): Locator {
		return this.page.locator(`.statusbar-item[id="${id}"]`);
	}

	get hover(): Locator {
		return this.page.locator('.monaco-hover:not(.hidden)');
	}

	/** A view of the side bar, by its title. */
	view(title: string): Locator {
		return this.page.locator('.pane', { has: this.page.locator('.pane-header', { hasText: title }) });
	}

	/**
	 * Runs a command that shows a view, and waits until the view has the focus that it takes. The palette, closing late
	 * on a busy machine, may take the focus back: then the command is run once more.
	 */
	async showView(title: string, command: string): Promise<void> {
		const focused = this.view(title).and(this.page.locator(':focus-within'));
		await this.run(command);
		await focused.waitFor({ timeout: 8000 }).catch(async () => {
			await this.run(command);
			await focused.waitFor();
		});
	}

	/** Rows of a tree in the side bar. */
	treeRow(view: string, text: string | RegExp): Locator {
		return this.view(view).locator('.monaco-list-row', { hasText: text });
	}

	/** Answers VS Code's own dialog for files, which puts in a proposal once it has read the folder. */
	async giveFile(file: string, proposal: RegExp): Promise<void> {
		await expect.poll(() => this.quickInputBox.inputValue(), { timeout: 30_000 }).toMatch(proposal);
		// The list below it is filled after that, and the text set once more.
		await this.quickInputRow().first().waitFor();
		await this.quickInputBox.fill(file);
		// It reads the folder of what was typed before it takes an Enter.
		await this.page.waitForTimeout(700);
		await this.page.keyboard.press('Enter');
	}

	toast(text: string | RegExp): Locator {
		return this.page.locator('.notification-toast', { hasText: text });
	}

	/** Of a dialog that waits for an answer. */
	dialogButton(name: string): Locator {
		return this.page.locator('.monaco-dialog-box').getByRole('button', { name, exact: true });
	}

	/** By its title: see `themes`. */
	async chooseTheme(theme: string): Promise<void> {
		await this.run('Preferences: Color Theme');
		await this.quickInputBox.fill(theme);
		await this.quickInputRow(theme).first().waitFor();
		await this.quickInputRow(theme).first().click();
		await this.quickInput.waitFor({ state: 'hidden' });
	}

	async screenshot(name: string): Promise<void> {
		await this.page.screenshot({ path: `out/screenshots/${name}.png` });
	}
}
