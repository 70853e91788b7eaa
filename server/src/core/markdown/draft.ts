import type { Passage } from './passage.ts';

/** What can be told of a note from its lines alone. */
export interface DraftNote {
	readonly title: string | undefined;
	readonly passages: readonly Passage[];
}

/** A passage of a draft ends at the first blank line after so many characters, about what the model reads. */
const fullLength = 1000;
/** Where no blank line comes, it ends here. */
const longest = 4000;

/**
 * Cuts a note at its headings and blank lines without parsing its markdown, which is most of the work of reading it:
 * ten times as many notes can be searched by their words while the rest of reading is still to be done.
 */
export function draftNote(text: string): DraftNote {
	const lines = text.split(/\r?\n/);
	const start = frontMatterEnd(lines);
	let title = titleIn(lines.slice(0, start));
	const passages: Passage[] = [];
	const path: string[] = [];
	let fence: string | undefined;
	let open = { from: start, length: 0, heading: '' };
	const close = (to: number) => {
		const own = lines.slice(open.from, to).join('\n').trim();
		if (own === '') return;
		passages.push({ heading: open.heading, text: own, startLine: open.from + 1, endLine: to });
	};
	for (let at = start; at < lines.length; at++) {
		const line = lines[at]!;
		const heading = fence === undefined ? /^(#{1,6})[ \t]+(.+?)[ \t#]*$/.exec(line) : undefined;
		if (heading) {
			close(at);
			path.length = Math.min(path.length, heading[1]!.length - 1);
			path.push(heading[2]!);
			if (heading[1] === '#') title ??= heading[2];
			open = { from: at, length: 0, heading: path.join(' > ') };
		} else if (open.length > longest || (open.length > fullLength && line.trim() === '')) {
			close(at);
			open = { from: at, length: 0, heading: open.heading };
		}
		open.length += line.length + 1;
		fence = fenceAfter(line, fence);
	}
	close(lines.length);
	return { title, passages };
}

/** The line after the front matter; 0 where there is none. */
function frontMatterEnd(lines: readonly string[]): number {
	if (lines[0]?.trimEnd() !== '---') return 0;
	return lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---') + 1;
}

function titleIn(frontMatter: readonly string[]): string | undefined {
	for (const line of frontMatter) {
		const title = /^title:[ \t]*(["']?)(.+?)\1[ \t]*$/.exec(line)?.[2];
		if (title !== undefined) return title;
	}
	return undefined;
}

function fenceAfter(line: string, fence: string | undefined): string | undefined {
	const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
	if (mark === undefined) return fence;
	if (fence === undefined) return mark;
	return mark.startsWith(fence) ? undefined : fence;
}
