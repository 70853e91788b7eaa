import type { Language } from '../../language.ts';
import type { Action } from './messages.ts';

/** What the page offers for upkeep, in this order; a row whose command the manifest lacks is left out. */
function upkeep({ t }: Language): readonly Action[] {
	return [
		{
			command: 'jarvis.freeMemory',
			label: t('Free Memory'),
			detail: t('Give back at once what can be given back.'),
		},
		{
			command: 'jarvis.optimizeIndex',
			label: t('Optimize Index'),
			detail: t('Make the index smaller and its answers quick again.'),
		},
		{
			command: 'jarvis.clearCaches',
			label: t('Clear Caches'),
			detail: t('Forget kept answers and shared vectors; asks first.'),
		},
		{
			command: 'jarvis.backupIndex',
			label: t('Back Up Index'),
			detail: t('Copy the index into a file, and check the copy.'),
		},
		{
			command: 'jarvis.restoreIndex',
			label: t('Restore Index'),
			detail: t('Put a backup in its place.'),
		},
		{
			command: 'jarvis.rebuildIndex',
			label: t('Rebuild Index'),
			detail: t('Read every note again; asks first.'),
		},
		{
			command: 'jarvis.runBenchmark',
			label: t('Run Benchmark'),
			detail: t('Measure searches of your own notes.'),
		},
		{
			command: 'jarvis.runLoadTest',
			label: t('Run Load Test'),
			detail: t('Let many users search at once.'),
		},
		{
			command: 'jarvis.tuneMachine',
			label: t('Tune for This Machine'),
			detail: t('Measure which settings suit it; asks before it changes any.'),
		},
		{
			command: 'jarvis.doctor',
			label: t('Run Doctor'),
			detail: t('Look for what slows this machine down.'),
		},
		{
			command: 'jarvis.showIndexLocation',
			label: t('Show Index Location'),
			detail: t('Go to the files of the index.'),
		},
		{ command: 'jarvis.showLog', label: t('Show Log'), detail: t('See what the search server tells.') },
	];
}

/** Commands that a remedy may name besides those for upkeep; none takes an argument. */
const remedies: readonly string[] = [
	'jarvis.resumeIndexing',
	'jarvis.rescan',
	'jarvis.chooseModel',
	'jarvis.restartServer',
	'jarvis.setNeo4jPassword',
	'jarvis.measureQuality',
];

/** The buttons for upkeep, of the commands there are; `declared` are the manifest's, with their titles. */
export function upkeepActions(declared: ReadonlyMap<string, string>, language: Language): readonly Action[] {
	return upkeep(language).filter(({ command }) => declared.has(command));
}

/** Every command that the page may ask for, with its title: what it asks is checked against this. */
export function allowedCommands(
	declared: ReadonlyMap<string, string>,
	language: Language,
): Readonly<Record<string, string>> {
	const named = new Set([...upkeep(language).map(({ command }) => command), ...remedies]);
	return Object.fromEntries([...declared].filter(([command]) => named.has(command)));
}
