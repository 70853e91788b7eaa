import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { withoutLimits } from './tokenizer.ts';

/** Text to the ids of its tokens, special ones included. */
export type Encoder = (text: string) => readonly number[];

/** Some megabytes; with more, all are forgotten. */
const keptWords = 20_000;
/** What is longer is seldom met again. */
const longestKept = 32;

/** Loads the encoder that a `tokenizer.json` describes; the caller cuts. */
export function loadEncoder(file: string): Encoder {
	const description = withoutLimits(JSON.parse(readFileSync(file, 'utf8')));
	const tokenizer = new Tokenizer(description, {});
	const whole: Encoder = (text) => tokenizer.encode(text).ids;
	const { model, pre_tokenizer: split } = description;
	const isByWords = model?.type === 'WordPiece' && split?.type === 'BertPreTokenizer';
	const frame = whole('');
	return isByWords && frame.length === 2 ? byWords(tokenizer, frame) : whole;
}

/**
 * BERT's tokens never reach across a blank or a line end, and words repeat: remembered, encoding costs a third less. Other white space
 * stays within a word, for the tokenizer to say what it is.
 */
function byWords(tokenizer: Tokenizer, [first, last]: readonly number[]): Encoder {
	const known = new Map<string, readonly number[]>();
	const idsOf = (word: string): readonly number[] => {
		const seen = known.get(word);
		if (seen !== undefined) return seen;
		const { ids } = tokenizer.encode(word, { add_special_tokens: false });
		if (known.size >= keptWords) known.clear();
		if (word.length <= longestKept) known.set(word, ids);
		return ids;
	};
	return (text) => {
		const ids = [first!];
		for (const word of text.split(/[ \n]+/)) {
			if (word !== '') for (const id of idsOf(word)) ids.push(id);
		}
		ids.push(last!);
		return ids;
	};
}
