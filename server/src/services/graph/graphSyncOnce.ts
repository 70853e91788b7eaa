import type { RemoteGraph } from '../../ports/remoteGraph.ts';
import type { SyncGraphParams, SyncGraphResult } from '../../protocol/graphSync.ts';
import { changeOf, compareGraphs, differing, type GraphSource, notesAtOnce } from './graphSyncDifference.ts';

/** Compares all that the server holds with the notes, and sends what differs unless it is only to `check`. */
export async function syncOnce(
	source: GraphSource,
	remote: RemoteGraph,
	{ check, takeOver = false }: SyncGraphParams,
	signal: AbortSignal,
): Promise<SyncGraphResult> {
	const began = performance.now();
	try {
		if (takeOver) await remote.takeOver(signal);
		await remote.open(signal);
		const found = await compareGraphs(source, remote, 'whole', signal);
		const ids = differing(found);
		if (!check) {
			for (let start = 0; start < ids.length; start += notesAtOnce)
				await remote.apply(changeOf(ids.slice(start, start + notesAtOnce), source), signal);
		}
		const paths = (list: readonly string[]) => list.map((id) => id.slice('note:'.length));
		return {
			notes: found.notes,
			missing: paths(found.missing),
			changed: paths(found.changed),
			extra: paths(found.extra),
			inStep: !check || ids.length === 0,
			seconds: (performance.now() - began) / 1000,
		};
	} finally {
		await remote.close();
	}
}
