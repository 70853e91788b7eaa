import { l10n, window } from 'vscode';

/** Asks for a whole number between two, both included; `undefined` where the user went away. */
export async function askForNumber(
	title: string,
	prompt: string,
	{ value, least, most }: { readonly value: number; readonly least: number; readonly most: number },
): Promise<number | undefined> {
	const isOne = (text: string) => /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
	const given = await window.showInputBox({
		title,
		prompt,
		value: String(value),
		validateInput: (text) =>
			isOne(text) ? undefined : l10n.t('A whole number, at least {0} and at most {1}', least, most),
	});
	return given === undefined ? undefined : Number(given);
}
