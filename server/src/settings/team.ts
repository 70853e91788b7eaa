import type { SettingSpec } from './spec.ts';

/** Notes shared with others on a Neo4j server. */
export const teamSettings = {
	'team.enabled': {
		type: 'boolean',
		default: false,
		env: 'JARVIS_TEAM_ENABLED',
		description:
			'Shares this folder’s notes on the Neo4j server of `#jarvis.neo4j.uri#`, and searches those that others share there. The text of every passage, with title, path, tags and vector, then leaves Jarvis for that server, where everybody with access to the database can read it; the editor asks before the first is sent. Needs `#jarvis.graph.backend#` to be `neo4j`. Notes that `#jarvis.search.exclude#` hides are not shared. What was sent stays there when this is turned off, until it is removed.',
	},
	'team.workspaces': {
		type: 'array',
		items: { type: 'string' },
		default: [],
		description:
			'Names of the workspaces that are searched on the team’s server, besides this one (`#jarvis.neo4j.workspace#` of the others; `jarvis team FOLDER` lists them). Empty: all.',
	},
	'team.timeoutMs': {
		type: 'integer',
		default: 300,
		minimum: 50,
		maximum: 30_000,
		description:
			'Milliseconds that a search waits for the team’s server. What comes later is left out, and the answer says so.',
	},
} as const satisfies Record<string, SettingSpec>;
