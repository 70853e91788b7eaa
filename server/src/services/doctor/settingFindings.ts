import type { MachineFacts } from '../../ports/doctor.ts';
import type { Finding } from '../../protocol/doctor.ts';
import type { Settings } from '../../settings/schema.ts';

/** Memory of one model process, of the bundled model. */
const processMb = 130;

/** Settings that make things slower or less complete than they need be; one that is right is not spoken of. */
export function settingFindings(settings: Settings, machine: MachineFacts): readonly Finding[] {
	const hurts: readonly (Finding | false)[] = [
		!settings['indexing.enabled'] &&
			setting('indexing.enabled', false, true, 'No note is indexed, so that new ones are not found.'),
		!settings['model.preload'] &&
			setting(
				'model.preload',
				false,
				true,
				'The first search by meaning waits for the model to load.',
				'info',
			),
		(settings['cache.queries.size'] === 0 || settings['cache.encodings.size'] === 0) &&
			setting('cache.encodings.size', 0, 128, 'The same question is computed again each time.', 'info'),
		settings['search.precision'] === 'precision' &&
			setting(
				...(['search.precision', 'precision', 'all'] as const),
				'Below a similarity of 0.8 nothing is found by meaning, which is most of what fits.',
			),
		settings['search.minSimilarity'] > 0.6 &&
			setting(
				...(['search.minSimilarity', settings['search.minSimilarity'], 0] as const),
				'Passages below this similarity are not found by meaning; good answers are often at 0.4.',
			),
		duckdbMemory(settings),
		duckdbThreads(settings, machine),
		processes(settings, machine),
	];
	const found = hurts.filter((finding) => finding !== false);
	if (found.length > 0) return found;
	return [
		{
			...{ id: 'settings', severity: 'ok', what: 'No setting makes Jarvis slower or less complete.' },
			why: 'The settings that most often do are looked at: indexing, model, caches, least similarity, database, processes.',
		},
	];
}

function duckdbMemory(settings: Settings): Finding | false {
	const asked = settings['duckdb.memoryLimitMb'];
	if (asked <= settings['memory.limitMb'] / 2) return false;
	const why =
		'Jarvis stays below jarvis.memory.limitMb as a whole: a database that may take most of it leaves none for model and index.';
	return setting('duckdb.memoryLimitMb', asked, Math.floor(settings['memory.limitMb'] / 8), why);
}

function duckdbThreads(settings: Settings, { physicalCores }: MachineFacts): Finding | false {
	const asked = settings['duckdb.threads'];
	if (asked === 'auto' || physicalCores === undefined || asked <= physicalCores) return false;
	const why = `The processor has ${physicalCores} cores: a second thread on one made looking up texts slower.`;
	return setting('duckdb.threads', asked, 'auto', why, 'info');
}

function processes(settings: Settings, { physicalCores, threads }: MachineFacts): Finding | false {
	const asked = settings['embedding.processes'];
	if (asked === 'auto') return false;
	if (asked > (physicalCores ?? threads)) {
		const why = `The processor has ${physicalCores ?? threads} cores, and each process fills one.`;
		return setting('embedding.processes', asked, 'auto', why);
	}
	if (asked * processMb <= settings['memory.limitMb'] * 0.7) return false;
	const why = `Each process takes about ${processMb} MB, which jarvis.memory.limitMb has no room for.`;
	return setting('embedding.processes', asked, 'auto', why);
}

function setting(
	name: keyof Settings,
	is: unknown,
	better: unknown,
	why: string,
	severity: Finding['severity'] = 'warning',
): Finding {
	const change = `Set "jarvis.${name}": ${JSON.stringify(better)} in VS Code’s settings.`;
	return {
		...{ id: `setting:${name}`, severity, what: `jarvis.${name} is ${JSON.stringify(is)}.`, why },
		commands: { linux: change, macos: change, windows: change },
	};
}
