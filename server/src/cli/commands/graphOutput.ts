import type { GraphNode, GraphResult, GraphStep } from '../../protocol/graph.ts';
import { bold, dim, printLine } from '../output.ts';

/** Notes told of one broken link. */
const shownPlaces = 5;

export function printGraph(result: GraphResult): void {
	const lines = linesOf(result);
	for (const line of lines.length === 0 ? [nothing[result.verb]] : lines) printLine(line);
}

const nothing: Readonly<Record<GraphResult['verb'], string>> = {
	neighbors: 'Nothing is linked with it.',
	backlinks: 'Nothing links to it.',
	neighborhood: 'Nothing is linked with it.',
	path: 'They are the same note.',
	hubs: 'There are no links.',
	orphans: 'Every note is linked with another.',
	broken: 'Every link leads to a note, and to a part that it has.',
	ambiguous: 'Every link means one note.',
	communities: 'No notes are linked with each other.',
	bridges: 'No notes near in meaning are far in links.',
};

function linesOf(result: GraphResult): readonly string[] {
	switch (result.verb) {
		case 'neighbors':
			return result.steps.map((step) => `${'  '.repeat(step.depth - 1)}${stepLine(step)}${viaOf(step)}`);
		case 'neighborhood': {
			const [, ...around] = result.nodes;
			const cut = result.isCut ? [dim('and more, left out')] : [];
			if (around.length === 0) return [];
			const nodes = around.map((node) => `${'  '.repeat(node.depth - 1)}${titleOf(node)}`);
			return [...nodes, ...cut, dim(`${count(result.links.length, 'link')} among them`)];
		}
		case 'backlinks':
			return result.steps.map(stepLine);
		case 'path': {
			if (result.steps === undefined) return ['There is no way of so few links between them.'];
			if (result.steps.length === 0) return [];
			return [titleOf(result.from), ...result.steps.map((step) => `  ${stepLine(step)}`)];
		}
		case 'hubs':
			return result.notes.map(
				(note) =>
					`${titleOf(note)}  PageRank ${share(note.pageRank)}, ${count(note.linksIn, 'note')} in, ${note.linksOut} out`,
			);
		case 'orphans':
			return result.notes.map(titleOf);
		case 'broken':
			return [
				...result.links.flatMap(({ target, from, suggestions }) => [
					`${bold(target)}  ${dim(count(from.length, 'note'))}`,
					...from.slice(0, shownPlaces).map(({ path, lines }) => `  ${path}:${lines.join(',')}`),
					...(from.length > shownPlaces ? [`  and ${from.length - shownPlaces} more`] : []),
					...(suggestions.length > 0 ? [`  → ${suggestions.join(', ')}`] : []),
				]),
				...result.parts.map(
					({ from, line, to, part }) => `${from}:${line}  ${bold(part)}  ${dim(`not in ${to}`)}`,
				),
			];
		case 'ambiguous':
			return result.links.flatMap(({ from, line, target, means, others }) => [
				`${from}:${line}  ${bold(target)} → ${means}`,
				`  ${dim(`or ${others.join(', ')}`)}`,
			]);
		case 'communities':
			return [
				...result.communities.flatMap(({ name, size, notes }) => [
					`${bold(name)}  ${dim(count(size, 'note'))}`,
					`  ${notes.map(({ title }) => title).join(' · ')}`,
				]),
				...(result.alone > 0 ? [dim(`and ${count(result.alone, 'note')} in none`)] : []),
			];
		case 'bridges':
			return result.bridges.map(({ a, b, similarity, distance }) => {
				const apart = distance === undefined ? 'not linked' : `${distance} links apart`;
				return `${similarity.toFixed(2)}  ${titleOf(a)} ⇄ ${titleOf(b)}  ${dim(apart)}`;
			});
	}
}

function stepLine({ node, kind, direction }: GraphStep): string {
	return `${direction === 'out' ? '→' : '←'} ${titleOf(node)}  ${dim(kind)}`;
}

function viaOf({ depth, from }: GraphStep): string {
	return depth === 1 ? '' : dim(` by ${from.title}`);
}

function titleOf({ kind, title, path }: GraphNode): string {
	if (kind === 'tag') return bold(`#${title}`);
	if (kind === 'missing') return `${bold(title)}  ${dim('no such note')}`;
	return `${bold(title)}  ${dim(path ?? '')}`;
}

function count(amount: number, what: string): string {
	return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}

function share(value: number): string {
	return `${(100 * value).toFixed(2)} %`;
}
