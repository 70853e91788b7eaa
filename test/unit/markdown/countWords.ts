/** Stands in for a model's tokenizer: a token a word, and of a long word one for each ten characters. */
export function countWords(text: string): number {
	return (text.match(/\S+/g) ?? []).reduce((sum, word) => sum + Math.ceil([...word].length / 10), 0);
}

/** `w1 w2 … wn`. */
export function words(count: number, name = 'w'): string {
	return Array.from({ length: count }, (_, at) => `${name}${at + 1}`).join(' ');
}
