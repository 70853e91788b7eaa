import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { largestNoteBytes, reasons } from '../../core/indexing/reasons.ts';
import type { NotePath } from '../../ports/files.ts';

export type NoteFile =
	| { readonly kind: 'text'; readonly text: string; readonly hash: string }
	| { readonly kind: 'gone' }
	| { readonly kind: 'skipped'; readonly reason: string };

/** Reads one note below `root` as UTF-8, byte-order mark removed; says why where it can't be. */
export async function readNoteFile(root: string, path: NotePath): Promise<NoteFile> {
	try {
		const file = await open(join(root, path), 'r');
		try {
			const { size } = await file.stat();
			if (size > largestNoteBytes) return { kind: 'skipped', reason: reasons.tooLarge(size) };
			const bytes = await file.readFile();
			const text = decode(bytes);
			return text === undefined
				? { kind: 'skipped', reason: reasons.notText }
				: { kind: 'text', text, hash: hashOf(bytes) };
		} finally {
			await file.close();
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
