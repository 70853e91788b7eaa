import { randomFrom } from '../host/random.ts';

const wordsPerNote = 60;
const vocabulary = 20_000;
const syllables = ['ka', 'lo', 'mi', 'ren', 'tas', 'vel', 'dor', 'pin', 'sul', 'gar', 'neb', 'fi'];

/** Short notes, linked by chance, of words as common and as rare as in real texts (Zipf): path and text of each. */
export function* generatedNotes(count: number): Generator<readonly [path: string, text: string]> {
	const next = randomFrom(5);
	for (let at = 0; at < count; at++) {
		const words = Array.from({ length: wordsPerNote }, () => word(Math.floor(vocabulary ** next()) - 1));
		const link = `[[note ${Math.floor(next() * count)}]]`;
		yield [
			`folder ${at % 97}/note ${at}.md`,
			`# ${words.slice(0, 4).join(' ')}\n\n${words.slice(4, 30).join(' ')} ${link}\n\n${words.slice(30).join(' ')}\n`,
		];
	}
}

function word(rank: number): string {
	let text = '';
	for (let rest = rank + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) {
		text += syllables[rest % syllables.length];
	}
	return text;
}
