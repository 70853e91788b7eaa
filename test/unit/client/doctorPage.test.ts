import { expect, test } from 'vitest';
import { doctorPage } from '../../../client/src/views/doctorPage.ts';
import type { Finding } from '../../../server/src/protocol/doctor.ts';
import { english } from './english.ts';

const findings: readonly Finding[] = [
	{
		...{ id: 'swappiness', severity: 'warning', what: 'vm.swappiness is 100.', why: 'It swaps early.' },
		commands: { linux: 'sudo sysctl vm.swappiness=10', windows: 'nothing', macos: 'nothing' },
	},
	{ id: 'cores', severity: 'ok', what: '4 cores.', why: 'Processes are counted by them.' },
];

test('each finding stands with its reason and the command of the machine that was looked at', () => {
	expect(doctorPage({ platform: 'linux', findings }, english)).toBe(`# Doctor

What was looked at, the worst first. Nothing was changed: commands are yours to run.

## Should be changed

### vm.swappiness is 100.

It swaps early.

\`\`\`
sudo sysctl vm.swappiness=10
\`\`\`

## Right as it is

### 4 cores.

Processes are counted by them.
`);
});
