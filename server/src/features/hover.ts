import type { Connection, Hover, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { thingAt } from '../core/markdown/cursor.ts';
import type { RelatedNote } from '../protocol/related.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { signalOf } from './abortSignal.ts';

/** A hover that comes later than this comes too late: better none this time. */
const patienceMs = 150;
const shown = 5;

/** Related notes on a wikilink (of the note it leads to) and on a heading (of the section below it). */
export function answerHovers(
	connection: Connection,
	engine: SharedEngine,
	documents: TextDocuments<TextDocument>,
): void {
	connection.onHover(async ({ textDocument: { uri }, position: { line, character } }, token) => {
		const document = documents.get(uri);
		if (document === undefined) return null;
		// A timer of our own: Node lets go of those of `AbortSignal.timeout` that `AbortSignal.any` alone holds.
		const late = new AbortController();
		const timer = setTimeout(() => late.abort(), patienceMs);
		const signal = AbortSignal.any([signalOf(token), late.signal]);
		try {
			return await hoverAt(engine, uri, document.getText(), line, character, signal);
		} catch (error) {
			if (signal.aborted) return null;
			throw error;
		} finally {
			clearTimeout(timer);
		}
	});
}

async function hoverAt(
	engine: SharedEngine,
	uri: string,
	text: string,
	line: number,
	character: number,
	signal: AbortSignal,
): Promise<Hover | null> {
	const thing = thingAt(text, line, character);
	if (thing === undefined) return null;
	if (thing.kind === 'heading') {
		const { related } = await engine.related({ uri, line: line + 1, limit: shown }, signal);
		return describe(`Related to “${thing.text}”`, related);
	}
	const target = await engine.linkedNote({ ...thing, kind: 'wiki' }, uri, signal);
	if (target === undefined) return null;
	const { related } = await engine.related({ uri: target.uri, limit: shown }, signal);
	const range = { start: { line, character: thing.start }, end: { line, character: thing.end } };
	const hover = describe(`Related to “${target.title}”`, related);
	return hover === null ? null : { ...hover, range };
}

function describe(heading: string, related: readonly RelatedNote[]): Hover | null {
	if (related.length === 0) return null;
	const lines = related.map(({ uri, title, startLine, score, reasons }) => {
		const link = `command:jarvis.openNote?${encodeURIComponent(JSON.stringify([uri, startLine]))}`;
		return `- [${escapeMarkdown(title)}](${link}) ${Math.round(score * 100)} % · ${escapeMarkdown(reasons.join(' · '))}`;
	});
	return { contents: { kind: 'markdown', value: `**${escapeMarkdown(heading)}**\n\n${lines.join('\n')}` } };
}

/** Notes are data: nothing in a title may act as markup of ours, nor become a link because it looks like one. */
function escapeMarkdown(text: string): string {
	return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
}
