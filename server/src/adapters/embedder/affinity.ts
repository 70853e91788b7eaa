import { spawnSync } from 'node:child_process';

/** Keeps the process and its threads to the processors of `list`; says why not, where that can't be had. */
export function keepTo(list: string, pid: number, platform: string): string | undefined {
	const refusal = 'jarvis.embedding.cpuAffinity has no effect here';
	if (platform !== 'linux') return `${refusal}: it is for Linux only.`;
	if (!/^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(list)) {
		return `${refusal}: “${list}” is no list of processors such as 2,3 or 4-7.`;
	}
	const { error, status, stderr } = spawnSync('taskset', ['-a', '-c', '-p', list, String(pid)], {
		encoding: 'utf8',
	});
	if (error !== undefined) return `${refusal}: the program taskset is missing.`;
	return status === 0 ? undefined : `${refusal}: ${stderr.trim()}.`;
}
