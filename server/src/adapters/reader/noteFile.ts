import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { largestNoteBytes, reasons } from '../../core/indexing/reasons.ts';
import type { NotePath } from '../../ports/files.ts';

export type NoteFile =
	| { readonly kind: 'text'; readonly text: string; readonly hash: string }
	| { readonly kind: 'gone' }
	| { readonly kind: 'skipped'; readonly reason: string };

/**
 * Reads one note below `root` as UTF-8, byte-order mark removed; says why where it can't be. It waits for the disk:
 * in a thread of its own, where that takes a tenth of the time of asking and being called back.
 */
export function readNoteFile(root: string, path: NotePath): NoteFile {
	try {
		const file = openSync(join(root, path), 'r');
		try {
			const { size } = fstatSync(file);
			if (size > largestNoteBytes) return { kind: 'skipped', reason: reasons.tooLarge(size) };
			const bytes = readFileSync(file);
			const text = decode(bytes);
			return text === undefined
				? { kind: 'skipped', reason: reasons.notText }
				: { kind: 'text', text, hash: hashOf(bytes) };
		} finally {
			closeSync(file);
		}
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' };
		return { kind: 'skipped', reason: reasons.unreadable(code ?? String(error)) };
	}
}

/** SHA-256, hex. */
export function hashOf(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex');
}

function decode(bytes: Uint8Array): string | undefined {
	// Binary files may be valid UTF-8 by chance; a NUL gives them away, and no note holds one.
	if (bytes.includes(0)) return undefined;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
