import type { Exclusion } from '../../ports/files.ts';

/** What excludes a note, in words that follow “excluded by”. */
export function describeExclusion(by: Exclusion): string {
	switch (by.kind) {
		case 'folder':
			return `the name of a folder that holds no notes of yours: ${by.name}`;
		case 'glob':
			return `${by.setting}: ${by.glob}`;
		case 'gitignore':
			return `${by.file}:${by.line}: ${by.rule}`;
		case 'link':
			return 'a link to a folder that is indexed in its own place';
		case 'spelling':
			return `a note of the same name in another Unicode spelling: ${by.of}`;
		case 'unreadable':
			return `a folder that can't be read (${by.code})`;
	}
}

/** What would let the note in, as a sentence. */
export function remedyForExclusion(by: Exclusion): string {
	switch (by.kind) {
		case 'folder':
			return 'Move the note out of this folder.';
		case 'glob':
			return `Take ${by.glob} out of the setting ${by.setting}, or move the note.`;
		case 'gitignore':
			return `Change line ${by.line} of ${by.file}; a later line with “!” in front brings notes back.`;
		case 'link':
			return 'Look for it where it is indexed: under the path that the link leads to.';
		case 'spelling':
			return 'Give one of the two notes another name.';
		case 'unreadable':
			return 'Check the rights of the folder, or that the drive is there.';
	}
}
