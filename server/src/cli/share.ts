import type { CommonOptions } from './session.ts';

/** Shows on a terminal how far something is; elsewhere, and with `--quiet`, nothing. */
export function reportShare(
	name: string,
	{ quiet }: Pick<CommonOptions, 'quiet'>,
): { readonly report: (progress: { readonly share: number }) => void; readonly end: () => void } {
	const isShown = quiet !== true && process.stderr.isTTY;
	return {
		report: ({ share }) => isShown && process.stderr.write(`\r\x1b[K${name} ${Math.floor(100 * share)} %`),
		end: () => isShown && process.stderr.write('\r\x1b[K'),
	};
}
