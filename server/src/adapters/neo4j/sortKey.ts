/**
 * A text that sorts on the server, which compares code points, where `text` sorts here, by UTF-16 code units:
 * `undefined` where `text` does so itself. The two differ where characters beyond U+FFFF meet those from U+E000 on, so
 * that these are moved to the end of all, where nothing else is (U+10E000, of the last private plane).
 */
export function sortKey(text: string): string | undefined {
	if (!/[\uE000-\uFFFF]/u.test(text)) return undefined;
	return text.replace(/[\uE000-\uFFFF]/gu, (character) =>
		String.fromCodePoint(0x10_0000 + character.codePointAt(0)!),
	);
}
