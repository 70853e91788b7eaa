import type { Language } from '../../../client/src/language.ts';

/** English, as VS Code shows it without a language pack. */
export const english: Language = {
	t: (message, ...args) => message.replace(/\{(\d+)\}/g, (_, n: string) => String(args[Number(n)])),
	locale: 'en',
};
