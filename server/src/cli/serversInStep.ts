import { SyncGraph } from '../protocol/graphSync.ts';
import { SyncTeam } from '../protocol/team.ts';
import { readSettings } from '../settings/read.ts';
import { type CommonOptions, readGivenSettings, type Session } from './session.ts';

/** Brings the servers that the settings want in step with the notes; `undefined` where they want none. Says what was sent. */
export function serversInStep(
	{ engine, folder, signal }: Session,
	options: CommonOptions,
): (() => Promise<string | undefined>) | undefined {
	const { settings } = readSettings(readGivenSettings(options));
	if (settings['graph.backend'] !== 'neo4j') return undefined;
	const { uri } = folder.id;
	return async () => {
		const { missing, changed, extra } = await engine.askFolder(
			SyncGraph,
			uri,
			() => ({ check: false }),
			signal,
		);
		const links = [...missing, ...changed].length;
		const said =
			links + extra.length === 0 ? [] : [`links of ${links} notes sent, of ${extra.length} removed`];
		if (settings['team.enabled']) {
			const { sent, removed } = await engine.askFolder(SyncTeam, uri, (own) => ({ folder: own }), signal);
			if (sent + removed > 0) said.push(`${sent} notes shared, ${removed} taken back`);
		}
		return said.length === 0 ? undefined : `Neo4j: ${said.join('; ')}.`;
	};
}
