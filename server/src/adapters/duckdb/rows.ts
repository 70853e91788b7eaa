import type { DuckDBAppender, DuckDBBlobValue, DuckDBValue } from '@duckdb/node-api';
import type { NewPassage, StoredNote, StoredPassage, StoredTerms } from '../../ports/store.ts';

/** Columns in the order that the readers and appenders below have them. */
export const noteColumns = 'id, path, size, mtime_ms, hash, chunker, skipped, title, details, indexed_at_ms';
export const passageColumns = 'id, note_id, heading, text, start_line, end_line, text_hash';
export const termsColumns = 'id, note_id, text_hash, start_line, end_line, terms, counts';

export function appendNote(appender: DuckDBAppender, note: StoredNote): void {
	const { aliases, tags, links, anchors, problems, language, isLanguageSet } = note;
	appender.appendInteger(note.id);
	appender.appendVarchar(note.stamp.path);
	appender.appendBigInt(BigInt(note.stamp.size));
	appender.appendDouble(note.stamp.mtimeMs);
	appender.appendVarchar(note.hash);
	appender.appendInteger(note.chunker);
	if (note.skipped === undefined) appender.appendNull();
	else appender.appendVarchar(note.skipped);
	appender.appendVarchar(note.title);
	appender.appendVarchar(
		JSON.stringify({ aliases, tags, links, anchors, problems, language, isLanguageSet }),
	);
	appender.appendDouble(note.indexedAtMs);
	appender.endRow();
}

export function readNoteRow(row: readonly DuckDBValue[]): StoredNote {
	const [id, path, size, mtimeMs, hash, chunker, skipped, title, details, indexedAtMs] = row;
	return {
		id: Number(id),
		stamp: { path: String(path), size: Number(size), mtimeMs: Number(mtimeMs) },
		hash: String(hash),
		chunker: Number(chunker),
		skipped: skipped === null ? undefined : String(skipped),
		title: String(title),
		...(JSON.parse(String(details)) as Pick<
			StoredNote,
			'aliases' | 'tags' | 'links' | 'anchors' | 'problems' | 'language' | 'isLanguageSet'
		>),
		indexedAtMs: Number(indexedAtMs),
	};
}

export function appendPassage(appender: DuckDBAppender, noteId: number, passage: NewPassage): void {
	appender.appendInteger(passage.id);
	appender.appendInteger(noteId);
	appender.appendVarchar(passage.heading);
	appender.appendVarchar(passage.text);
	appender.appendInteger(passage.startLine);
	appender.appendInteger(passage.endLine);
	appender.appendVarchar(passage.textHash);
	// No term holds a space: that is what they were cut at.
	appender.appendVarchar(passage.terms.join(' '));
	appender.appendBlob(bytesOf(passage.counts));
	appender.endRow();
}

export function readPassageRow(row: readonly DuckDBValue[]): StoredPassage {
	const [id, noteId, heading, text, startLine, endLine, textHash] = row;
	return {
		id: Number(id),
		noteId: Number(noteId),
		heading: String(heading),
		text: String(text),
		startLine: Number(startLine),
		endLine: Number(endLine),
		textHash: String(textHash),
	};
}

export function readTermsRow(row: readonly DuckDBValue[]): StoredTerms {
	const [id, noteId, textHash, startLine, endLine, terms, counts] = row;
	return {
		id: Number(id),
		noteId: Number(noteId),
		textHash: String(textHash),
		startLine: Number(startLine),
		endLine: Number(endLine),
		terms: terms === '' ? [] : String(terms).split(' '),
		counts: new Uint16Array(copyBytes(counts)),
	};
}

export interface VectorRow {
	readonly id: number;
	/** The model's own id in this index. */
	readonly model: number;
	readonly textHash: string;
	readonly vector: Float32Array;
}

/** A vector is stored as its float32 values, little endian. */
export function appendVector(appender: DuckDBAppender, { id, model, textHash, vector }: VectorRow): void {
	appender.appendInteger(id);
	appender.appendInteger(model);
	appender.appendVarchar(textHash);
	appender.appendBlob(bytesOf(vector));
	appender.endRow();
}

export function readVector(value: DuckDBValue | undefined): Float32Array {
	return new Float32Array(copyBytes(value));
}

function bytesOf(values: Float32Array | Uint16Array): Uint8Array {
	return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A copy, because the bytes are a view of a chunk that is freed, and need not be aligned. */
function copyBytes(value: DuckDBValue | undefined): ArrayBuffer {
	return new Uint8Array((value as DuckDBBlobValue).bytes).buffer;
}
