import { GraphFault, type GraphFaultKind } from '../../ports/remoteGraph.ts';

/** What the driver's errors mean for who asked, by the beginning of their code. The first that fits holds. */
const meanings: readonly (readonly [string, GraphFaultKind, string])[] = [
	[
		'Neo.ClientError.Security.AuthenticationRateLimit',
		'locked',
		'The Neo4j server looks at no password of this user for some seconds, after several wrong ones.',
	],
	[
		'Neo.ClientError.Security.CredentialsExpired',
		'credentials',
		'The password of the Neo4j server has to be changed first. Change it there, then set it with “Jarvis: Set Neo4j Password”.',
	],
	[
		'Neo.ClientError.Security.Unauthorized',
		'credentials',
		'The Neo4j server refuses user or password. Check jarvis.neo4j.user, and set the password with “Jarvis: Set Neo4j Password” (or NEO4J_PASSWORD).',
	],
	[
		'Neo.ClientError.Security.',
		'refused',
		'The user of the Neo4j server lacks rights that Jarvis needs: to read, to write, and to make indexes.',
	],
	[
		'Neo.ClientError.Database.DatabaseNotFound',
		'refused',
		'The Neo4j server has no such database. Check jarvis.neo4j.database.',
	],
	[
		'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase',
		'refused',
		'The Neo4j database is read-only. Make it writable.',
	],
	[
		'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase',
		'refused',
		'The Neo4j database is read-only. Make it writable.',
	],
	[
		'Neo.ClientError.Cluster.NotALeader',
		'refused',
		'The Neo4j server only reads. Name the cluster by a neo4j:// address.',
	],
	['Neo.ClientError.Transaction.TransactionTimedOut', 'slow', 'The Neo4j server took too long.'],
	['Neo.TransientError.', 'slow', 'The Neo4j server is busy.'],
	['ServiceUnavailable', 'unreachable', 'The connection to the Neo4j server is gone.'],
	['SessionExpired', 'unreachable', 'The connection to the Neo4j server is gone.'],
	['N/A', 'slow', 'All connections to the Neo4j server are in use.'],
];

/** Seen of 5.26: what is written first says that its log can't be, and everything after that the second. */
const fullDisk = /TransactionLogError|no space left|DiskFull|OutOfDiskSpace/i;
const stoppedDatabase = /needs to be restarted/;

/** A fault in words, for whatever the driver threw; faults and aborts are left as they are. */
export function faultOf(error: unknown): unknown {
	if (error instanceof GraphFault || !(error instanceof Error) || error.name === 'AbortError') return error;
	const { code } = error as { readonly code?: unknown };
	if (typeof code !== 'string') return error;
	if (fullDisk.test(`${code} ${error.message}`))
		return new GraphFault(
			'full',
			'The Neo4j server can’t write: its disk is full, or fails. Make room there, then restart it.',
			error,
		);
	if (stoppedDatabase.test(error.message))
		return new GraphFault(
			'failed',
			'The Neo4j database has stopped itself, as it does when its disk is full. Look at its log, make room, then restart it.',
			error,
		);
	const meaning = meanings.find(([start]) => code.startsWith(start));
	if (meaning === undefined)
		return new GraphFault('failed', `The Neo4j server failed: ${error.message}`, error);
	return new GraphFault(meaning[1], meaning[2], error);
}
