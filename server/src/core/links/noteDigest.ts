import type { GraphNote } from '../../ports/graph.ts';
import { hash53 } from '../hash53.ts';

/**
 * Tells versions of a note apart: 14 hexadecimal digits of 53 bits over title and edges, whatever their order. Not
 * cryptographic: whoever can write the notes can write the graph.
 */
export function noteDigest({ title, edges }: GraphNote): string {
	const parts = edges.map(({ to, kind }) => `${kind}\n${to}`).sort();
	return hash53([title, ...parts].join('\n\n'));
}
