import type { GraphServerFacts } from '../../ports/doctor.ts';
import { GraphFault } from '../../ports/remoteGraph.ts';
import { Connection, type Run } from './connection.ts';
import type { Neo4jOptions } from './options.ts';

/** The doctor waits for nobody longer. */
const longestMs = 10_000;
const mb = 1_048_576;

/**
 * Bytes that a store takes for each: records and their properties, a passage with its text and vector three times over, as
 * property and in the vector index (measured with 50,000 passages).
 */
const bytesOf = { node: 400, relationship: 120, passage: 9000 };

/** Asks a server about itself, as far as its user may; changes nothing. */
export async function examineNeo4j(options: Neo4jOptions): Promise<GraphServerFacts> {
	const connection = new Connection({
		...options,
		connectionTimeoutMs: longestMs,
		queryTimeoutMs: longestMs,
	});
	const signal = AbortSignal.timeout(longestMs);
	try {
		await connection.open(signal);
		const may = <T>(ask: (run: Run) => Promise<T>) => connection.read(ask, signal).catch(() => undefined);
		const version = await may(async (run) => {
			const [row] = await run(
				'CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version',
			);
			return row === undefined ? undefined : `Neo4j ${String(row.version)}`;
		});
		const settings = await may((run) =>
			run(
				`SHOW SETTINGS YIELD name, value
				WHERE name IN ['server.memory.heap.max_size', 'server.memory.pagecache.size'] RETURN name, value`,
			),
		);
		const sizeOf = (name: string) => megabytes(settings?.find((row) => row.name === name)?.value);
		const [counts] =
			(await may((run) =>
				run(
					`CALL () { MATCH (n) RETURN count(n) AS nodes }
					CALL () { MATCH ()-[r]->() RETURN count(r) AS relationships }
					CALL () { MATCH (p:Passage) RETURN count(p) AS passages }
					RETURN nodes, relationships, passages`,
				),
			)) ?? [];
		return {
			kind: 'usable',
			uri: options.uri,
			version: version ?? 'Neo4j',
			ramMb: await may(memoryOfMachine),
			heapMaxMb: (await may(heapInForce)) ?? sizeOf('server.memory.heap.max_size'),
			pageCacheMb: sizeOf('server.memory.pagecache.size'),
			storeMb: Math.ceil(
				(Number(counts?.nodes ?? 0) * bytesOf.node +
					Number(counts?.relationships ?? 0) * bytesOf.relationship +
					Number(counts?.passages ?? 0) * bytesOf.passage) /
					mb,
			),
		};
	} catch (error) {
		if (signal.aborted)
			return unusable(`Neo4j at ${options.uri} has not answered for ${longestMs / 1000} s.`);
		if (error instanceof GraphFault) return unusable(error.message);
		throw error;
	} finally {
		await connection.close();
	}
}

function unusable(reason: string): GraphServerFacts {
	return { kind: 'unusable', reason };
}

/** Whatever set it: a setting, or the command that it was started by. */
async function heapInForce(run: Run): Promise<number | undefined> {
	const [row] = await run("CALL dbms.queryJmx('java.lang:type=Memory') YIELD attributes RETURN attributes");
	const { HeapMemoryUsage } = (row?.attributes ?? {}) as {
		readonly HeapMemoryUsage?: { readonly value?: { readonly properties?: { readonly max?: unknown } } };
	};
	const bytes = HeapMemoryUsage?.value?.properties?.max;
	return typeof bytes === 'number' && bytes > 0 ? Math.round(bytes / mb) : undefined;
}

async function memoryOfMachine(run: Run): Promise<number | undefined> {
	const [row] = await run(
		"CALL dbms.queryJmx('java.lang:type=OperatingSystem') YIELD attributes RETURN attributes",
	);
	const attributes = row?.attributes as Readonly<Record<string, { readonly value?: unknown }>> | undefined;
	const bytes = attributes?.TotalMemorySize?.value ?? attributes?.TotalPhysicalMemorySize?.value;
	return typeof bytes === 'number' ? Math.round(bytes / mb) : undefined;
}

/** Of a size as Neo4j writes it (`512.00MiB`, `1g`, `0B`); `undefined` where it leaves the choice to itself. */
export function megabytes(value: unknown): number | undefined {
	const [, number, unit = ''] = /^([\d.]+)\s*([kmgt]?)(?:i?b)?$/i.exec(String(value ?? '')) ?? [];
	if (number === undefined) return undefined;
	const factor = { '': 1 / mb, k: 1 / 1024, m: 1, g: 1024, t: mb }[unit.toLowerCase()]!;
	const found = Math.round(Number(number) * factor);
	return found === 0 ? undefined : found;
}
