import type { TeamNote, TeamPassage } from '../../server/src/ports/teamIndex.ts';
import { teamDimensions } from '../../server/src/ports/teamIndex.ts';

/** A note of one passage for each text; its terms are its words, in English. */
export function teamNote(path: string, texts: readonly string[], changes: Partial<TeamNote> = {}): TeamNote {
	const passages = texts.map(
		(text, at): TeamPassage => ({
			...{
				heading: path,
				text,
				startLine: 1 + 2 * at,
				endLine: 2 + 2 * at,
				textHash: `${path}#${at}#${text}`,
			},
			terms: text.split(' ').map((word) => `en_${word}`),
			vector: teamVector(text),
		}),
	);
	return {
		...{ path, title: path, aliases: [], tags: [], modifiedMs: 1000, language: 'en', model: 'words' },
		...{ digest: texts.join('\n'), passages },
		...changes,
	};
}

/** As near to each other as texts share words. */
export function teamVector(text: string): Float32Array {
	const vector = new Float32Array(teamDimensions);
	for (const word of text.split(' ')) {
		let hash = 7;
		for (const char of word) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
		vector[hash % teamDimensions]! += 1;
	}
	const length = Math.hypot(...vector) || 1;
	return vector.map((value) => value / length);
}
