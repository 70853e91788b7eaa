import type {
	MemoryPart,
	MemoryReportResult,
	ProcessMemory,
} from '../../../server/src/protocol/profiling.ts';
import type { Language } from '../language.ts';

const MB = 1_048_576;

/** What holds how much memory, as a markdown page with a table for each process. */
export function memoryPage({ processes }: MemoryReportResult, { t }: Language): string {
	const total = processes.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
	const lines = [
		`# ${t('Memory')}`,
		'',
		t('{0} MB in all, as the system counts it. Indented parts are within the one above.', mb(total)),
	];
	for (const process of processes) lines.push(...section(process, t));
	return `${lines.join('\n')}\n`;
}

function section({ kind, pid, name, residentBytes, parts, restBytes }: ProcessMemory, t: Language['t']) {
	const title = kind === 'server' ? t('Search server') : t('Model {0}', name);
	const head = ['', `## ${t('{0} (process {1}): {2} MB', title, pid, mb(residentBytes))}`];
	if (parts.length === 0) return head;
	const rows: (readonly [string, string])[] = [];
	for (const part of parts.filter(({ within }) => within === undefined)) {
		rows.push([part.name, mb(part.bytes)]);
		for (const inner of parts.filter(({ within }) => within === part.name)) rows.push(innerRow(inner, t));
	}
	rows.push([t('all else: programs, libraries, threads, what allocators keep'), mb(restBytes)]);
	const width = Math.max(...rows.map(([label]) => label.length));
	const table = rows.map(([label, size]) => `| ${label.padEnd(width)} | ${size.padStart(8)} |`);
	return [
		...head,
		'',
		`| ${' '.repeat(width)} | ${'MB'.padStart(8)} |`,
		`| ${'-'.repeat(width)} | -------: |`,
		...table,
	];
}

function innerRow({ name, bytes, how }: MemoryPart, t: Language['t']): readonly [string, string] {
	return [`– ${name}${how === 'estimated' ? ` (${t('estimated')})` : ''}`, mb(bytes)];
}

function mb(bytes: number): string {
	return (bytes / MB).toFixed(1);
}
