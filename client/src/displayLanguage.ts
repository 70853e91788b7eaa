import { env, l10n } from 'vscode';
import type { Language } from './language.ts';

/** The language VS Code is displayed in. */
export const displayLanguage: Language = {
	t: (message, ...args) => l10n.t(message, ...args),
	locale: env.language,
};
