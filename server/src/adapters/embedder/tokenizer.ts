import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';

/** What of a `tokenizer.json` is looked at here. */
interface Description {
	readonly model?: { readonly type?: string };
	readonly pre_tokenizer?: { readonly type?: string } | null;
}

/** Loads a `tokenizer.json`, without the limits that it asks for: the caller cuts. */
export function loadTokenizer(file: string): Tokenizer {
	return new Tokenizer(withoutLimits(JSON.parse(readFileSync(file, 'utf8'))), {});
}

/** Truncation and padding are off. */
export function withoutLimits({
	truncation: _truncation,
	padding: _padding,
	...rest
}: Description & Record<'truncation' | 'padding', unknown>): Description {
	return rest;
}
