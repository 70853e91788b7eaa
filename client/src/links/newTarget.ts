import { dirname, relative } from 'node:path/posix';
import type { NewTarget } from './replaceLink.ts';

/** How the note at `path` is linked to from the one at `from`. `isOnly`: no other note has its file name. */
export function newTarget(path: string, from: string, isOnly: boolean): NewTarget {
	const whole = path.replace(/\.(?:md|mdx|markdown)$/i, '');
	return {
		name: isOnly ? whole.slice(whole.lastIndexOf('/') + 1) : whole,
		path: relative(dirname(`/${from}`), `/${path}`),
	};
}
