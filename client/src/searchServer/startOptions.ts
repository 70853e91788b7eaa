import { type ExtensionContext, workspace } from 'vscode';
import type { StartOptions } from '../../../server/src/protocol/control.ts';
import { settingNames } from '../settingNames.ts';
import { agreedTeam } from '../teamConsent.ts';

/** Reads what the server is started with, and told again when settings or trust change. */
export function readStartOptions(context: ExtensionContext): StartOptions {
	const jarvis = workspace.getConfiguration('jarvis');
	const names = settingNames(context.extension.packageJSON);
	const settings = Object.fromEntries(names.map((name) => [name, jarvis.get(name)]));
	// What the settings want is not yet what the user has agreed to.
	const isShared = agreedTeam(context.workspaceState) === jarvis.get('neo4j.uri', '').trim();
	return {
		settings: { ...settings, 'team.enabled': isShared && settings['team.enabled'] },
		exclude: excludedBy('files'),
		searchExclude: excludedBy('search'),
	};
}

function excludedBy(section: 'files' | 'search'): readonly string[] {
	const globs = workspace.getConfiguration(section).get<Record<string, unknown>>('exclude', {});
	return (
		Object.entries(globs)
			// A condition (`{ when: … }`) speaks of the siblings of generated files, never of notes.
			.filter(([, value]) => value === true)
			.map(([glob]) => glob)
	);
}
