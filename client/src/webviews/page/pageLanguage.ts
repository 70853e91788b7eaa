import type { Language } from '../../language.ts';

/** The display language in the page, which has no `vscode.l10n`: from the translations that the extension handed over. */
export function pageLanguage(texts: Readonly<Record<string, string>>, locale: string): Language {
	return {
		locale,
		t: (message, ...args) =>
			(texts[message] ?? message).replace(/\{(\d+)\}/g, (whole, at: string) =>
				String(args[Number(at)] ?? whole),
			),
	};
}
