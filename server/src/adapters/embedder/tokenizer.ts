import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';

/** Loads a `tokenizer.json`; truncation and padding that the file asks for are off: the caller cuts. */
export function loadTokenizer(file: string): Tokenizer {
	const { truncation: _truncation, padding: _padding, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
	return new Tokenizer(rest, {});
}
