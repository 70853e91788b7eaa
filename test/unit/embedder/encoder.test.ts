import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { expect, test } from 'vitest';
import { loadEncoder } from '../../../server/src/adapters/embedder/encoder.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789.,;:!?()[]#-_/ßσς漢字é'];
const pieces = [
	'heron',
	'her',
	'##on',
	'stands',
	'##s',
	'water',
	...letters,
	...letters.map((one) => `##${one}`),
];
const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** As that of BERT models, of few words. */
const bert = {
	version: '1.0',
	truncation: { direction: 'Right', max_length: 4, strategy: 'LongestFirst', stride: 0 },
	padding: null,
	added_tokens: special.map((content, id) => ({
		...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
	})),
	normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
	pre_tokenizer: { type: 'BertPreTokenizer' },
	post_processor: {
		type: 'TemplateProcessing',
		single: [
			{ SpecialToken: { id: '[CLS]', type_id: 0 } },
			{ Sequence: { id: 'A', type_id: 0 } },
			{ SpecialToken: { id: '[SEP]', type_id: 0 } },
		],
		pair: [],
		special_tokens: {
			'[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
			'[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
		},
	},
	decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
	model: {
		type: 'WordPiece',
		unk_token: '[UNK]',
		continuing_subword_prefix: '##',
		max_input_chars_per_word: 100,
		vocab: Object.fromEntries([...special, ...pieces].map((piece, id) => [piece, id])),
	},
};

function encoderOf(description: object) {
	const file = join(tempFolder(), 'tokenizer.json');
	writeFileSync(file, JSON.stringify(description));
	return loadEncoder(file);
}

const texts = [
	'',
	'The heron stands in the water.',
	'heron heron  Heron\n\n\nHERONS, (herons)! her-on',
	'a\tb\r\nc\u00a0d\u2028e\u0085f\u000bg\u000ch\ufeffi\u3000j\u200bk\0l\ufffdm',
	'Été  e\u0301te\u0301 \u0301 a ΑΣ ΣΑΣ. Straße',
	'漢字 a漢b字c',
	'[SEP] a[MASK]b [CLS]x ##on [sep]',
	`${'x'.repeat(101)} ${'y'.repeat(99)} ünknöwn \u{1f426} \ud83d`,
	'https://example.org/a_b?c=1#d',
];

test.each(texts)('%j is read word for word as it is as a whole', (text) => {
	const { truncation: _, ...unlimited } = bert;
	const expected = new Tokenizer(unlimited, {}).encode(text).ids;
	const encode = encoderOf(bert);
	expect(encode(text)).toEqual(expected);
	// From what it remembers now.
	expect(encode(text)).toEqual(expected);
});

test('a tokenizer that looks across blanks is given the whole text', () => {
	const { truncation: _, ...unlimited } = bert;
	const spaced = {
		...unlimited,
		pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first' },
	};
	const text = 'heron  stands';
	expect(encoderOf(spaced)(text)).toEqual(new Tokenizer(spaced, {}).encode(text).ids);
});
