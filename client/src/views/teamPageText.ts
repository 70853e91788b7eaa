import type { ReadTeamNoteResult } from '../../../server/src/protocol/team.ts';

/** Which note a page of the team's shows: see `teamScheme`. */
export function teamPlace(uriPath: string): { readonly workspace: string; readonly path: string } {
	const [, workspace = '', ...path] = uriPath.split('/');
	return { workspace: decodeURIComponent(workspace), path: path.join('/') };
}

/** A note that is not here, as text: each passage at the line that it has there, or as soon after that as there is room. */
export function teamPageText({ passages }: ReadTeamNoteResult, heading: string): string {
	const lines: string[] = [];
	for (const { text, startLine } of passages) {
		while (lines.length < startLine - 1) lines.push('');
		lines.push(...text.split('\n'));
	}
	if (lines[0] === '') lines[0] = heading;
	return `${lines.join('\n')}\n`;
}
