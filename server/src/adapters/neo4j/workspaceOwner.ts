import { GraphFault } from '../../ports/remoteGraph.ts';
import type { Connection, Run } from './connection.ts';
import type { Neo4jOptions } from './options.ts';

type Claim = Pick<Neo4jOptions, 'workspace' | 'owner'>;

/**
 * Notes down whose workspace it is, where nobody has; throws where it is another folder's: each would take the notes of the
 * other for gone, and remove them.
 */
export async function claimWorkspace(
	connection: Connection,
	claim: Claim,
	signal: AbortSignal,
): Promise<void> {
	const { workspace, owner: own } = claim;
	if (own === undefined) return;
	const known = await connection.read((run) => ownerOf(run, claim), signal);
	const owner =
		known ??
		(await connection.write(async (run) => {
			await run('MERGE (w:JarvisWorkspace {name: $workspace}) ON CREATE SET w.owner = $owner', {
				workspace,
				owner: own,
			});
			return ownerOf(run, claim);
		}, signal));
	if (owner === own) return;
	throw new GraphFault(
		'refused',
		`The name ${workspace} is another folder’s on this Neo4j server. Set jarvis.neo4j.workspace to a name of its own; or, where this is that folder in a new place, take it over by “jarvis graph FOLDER sync --take-over”.`,
	);
}

/** Makes the workspace this folder's, whosever it was. */
export async function takeWorkspace(
	connection: Connection,
	claim: Claim,
	signal: AbortSignal,
): Promise<void> {
	const { workspace, owner } = claim;
	if (owner === undefined) return;
	await connection.write(
		(run) => run('MERGE (w:JarvisWorkspace {name: $workspace}) SET w.owner = $owner', { workspace, owner }),
		signal,
	);
}

/** Lets anybody have the name. */
export async function leaveWorkspace(
	connection: Connection,
	claim: Claim,
	signal: AbortSignal,
): Promise<void> {
	const { workspace } = claim;
	await connection.write(
		(run) => run('MATCH (w:JarvisWorkspace {name: $workspace}) DELETE w', { workspace }),
		signal,
	);
}

async function ownerOf(run: Run, { workspace }: Claim): Promise<unknown> {
	const [row] = await run('MATCH (w:JarvisWorkspace {name: $workspace}) RETURN w.owner AS owner', {
		workspace,
	});
	return row?.owner;
}
