import { URI } from 'vscode-uri';
import type { Language } from '../../core/ranking/languages.ts';
import { makeSnippet } from '../../core/ranking/snippet.ts';
import type { FoundPassage, TeamTerms } from '../../ports/teamIndex.ts';
import type { Hit } from '../../protocol/search.ts';
import { teamScheme } from '../../protocol/team.ts';
import type { RankedCandidate } from './rankTeam.ts';

const snippetLength = 220;

/** One page of notes with the passages that answer; one whose passage has just gone is left out. */
export function toHits(
	page: readonly RankedCandidate[],
	texts: readonly FoundPassage[],
	byLanguage: ReadonlyMap<string, TeamTerms>,
): readonly Hit[] {
	return page.flatMap(({ candidate, score }): readonly Hit[] => {
		const { workspace, path, position, title, language } = candidate;
		const passage = texts.find(
			(text) => text.workspace === workspace && text.path === path && text.position === position,
		);
		if (passage === undefined) return [];
		const { heading, startLine, endLine } = passage;
		const asked = byLanguage.get(language)?.terms ?? [];
		// As the server has them, terms begin with their language.
		const marked = new Set(asked.map(({ term }) => term.slice(language.length + 1)));
		const { text: snippet, marks } = makeSnippet(passage.text, marked, snippetLength, language as Language);
		const parts = { keyword: candidate.words, semantic: candidate.cosine ?? 0, graph: 0 };
		return [
			{
				...{ uri: teamUri(workspace, path), folder: workspace, origin: 'team', path, title, heading },
				...{ startLine, endLine, score, snippet, marks, parts },
			},
		];
	});
}

/** Address of the page that shows a note which is not here. */
function teamUri(workspace: string, path: string): string {
	return URI.from({ scheme: teamScheme, path: `/${encodeURIComponent(workspace)}/${path}` }).toString();
}
