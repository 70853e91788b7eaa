import type { Colour } from './chartSpecs.ts';

/** A colour of the theme as a canvas needs it. */
export function themeColour(colour: Colour): string {
	return colour === 'foreground' ? axisColours().text : variable(`--vscode-charts-${colour}`);
}

/** Of axes, their text, and the lines of the grid. */
export function axisColours(): { readonly text: string; readonly grid: string; readonly font: string } {
	return {
		text: variable('--vscode-descriptionForeground') || variable('--vscode-foreground'),
		grid: variable('--dashboard-grid'),
		font: `11px ${variable('--vscode-font-family') || 'sans-serif'}`,
	};
}

/** Calls back when VS Code has changed the theme: it sets variables on the root and a class on the body. */
export function onThemeChange(changed: () => void): void {
	const observer = new MutationObserver(changed);
	observer.observe(document.documentElement, { attributeFilter: ['style'] });
	observer.observe(document.body, { attributeFilter: ['class'] });
}

function variable(name: string): string {
	return getComputedStyle(document.body).getPropertyValue(name).trim();
}
