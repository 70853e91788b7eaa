/** As Obsidian has them: after white space or an opening mark, letters, digits, `_`, `-`, `/`, not digits alone. */
const tagPattern = /(?<=^|[\s([{'"“„,;])#([\p{L}\p{N}\p{M}\p{Extended_Pictographic}_/-]+)/gmu;

/** Inline tags of masked prose, without `#`, in order. */
export function findTags(masked: string): readonly string[] {
	const withoutLinks = masked.replace(/\[\[[^\]\r\n]*\]\]/g, (link) => ' '.repeat(link.length));
	return [...withoutLinks.matchAll(tagPattern)]
		.map(([, tag]) => tag!.replace(/\/+$/, ''))
		.filter((tag) => /[^\d/]/.test(tag));
}

/** Each once, without regard to case, as first written. */
export function uniqueNames(names: readonly string[]): readonly string[] {
	const seen = new Map<string, string>();
	for (const name of names) if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name);
	return [...seen.values()];
}
