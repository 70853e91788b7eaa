/**
 * Source of a script for `--require`: from SIGUSR2 on it watches how long the process's first thread works between two
 * turns of its event loop, in processor time, which other work on the machine does not add to. Appends each turn of over
 * `leastMs` to `file`. Linux only.
 */
export function threadWatch(file: string, leastMs: number): string {
	return `
const { readFileSync, appendFileSync } = require('node:fs');
const spent = () => Number(readFileSync('/proc/self/task/' + process.pid + '/schedstat', 'utf8').split(' ')[0]) / 1e6;
process.once('SIGUSR2', () => {
	let before = spent();
	setInterval(() => {
		const now = spent();
		const ms = now - before;
		before = now;
		if (ms > ${leastMs}) appendFileSync(${JSON.stringify(file)}, ms.toFixed(1) + ' ' + performance.now().toFixed(0) + '\\n');
	}, 5).unref();
});
`;
}
