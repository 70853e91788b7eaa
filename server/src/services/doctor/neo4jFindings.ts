import { neo4jMemoryAdvice } from '../../core/neo4jMemory.ts';
import type { GraphServerFacts } from '../../ports/doctor.ts';
import type { Finding } from '../../protocol/doctor.ts';

/** Of what is advised, less than this share is worth a word. */
const enough = 0.75;

/** A Neo4j of the user's: whether it will do, and the memory that suits what it holds. Nothing where none is wanted. */
export function neo4jFindings(facts: GraphServerFacts): readonly Finding[] {
	if (facts.kind === 'unwanted') return [];
	const why = 'Links are answered by it where it is in step, and from the embedded graph where it is not.';
	if (facts.kind === 'unusable') return [{ id: 'neo4j', severity: 'warning', what: facts.reason, why }];
	const what = `${facts.version} answers at ${facts.uri}.`;
	return [{ id: 'neo4j', severity: 'ok', what, why }, memoryOf(facts)];
}

function memoryOf(facts: GraphServerFacts & { readonly kind: 'usable' }): Finding {
	const { ramMb, heapMaxMb, pageCacheMb, storeMb } = facts;
	const why =
		'The heap holds what a question works on, the page cache what lies on disk; its text and vector indexes live in what is left to the system.';
	const id = 'neo4jMemory';
	if (ramMb === undefined)
		return { id, severity: 'info', what: 'Neo4j does not tell this user the memory of its machine.', why };
	const advice = neo4jMemoryAdvice(ramMb, storeMb);
	const has = (value: number | undefined) => (value === undefined ? 'its own choice' : `${value} MB`);
	const what = `Neo4j has ${ramMb} MB on its machine, and holds about ${storeMb} MB: heap ${has(heapMaxMb)}, page cache ${has(pageCacheMb)}.`;
	const isSmall =
		(heapMaxMb ?? 0) < enough * advice.heapMaxMb || (pageCacheMb ?? 0) < enough * advice.pageCacheMb;
	const said = advice.warning === undefined ? why : `${why} ${advice.warning}`;
	if (!isSmall) return { id, severity: advice.warning === undefined ? 'ok' : 'info', what, why: said };
	const lines = `In neo4j.conf, where it has its machine for itself: ${advice.lines.join(', ')}`;
	return { id, severity: 'info', what, why: said, commands: { linux: lines, macos: lines, windows: lines } };
}
