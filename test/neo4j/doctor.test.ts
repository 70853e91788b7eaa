import { expect, inject, test } from 'vitest';
import type { DoctorResult } from '../../server/src/protocol/doctor.ts';
import { jarvisJson } from '../support/cli.ts';
import { smallVault } from '../support/smallVault.ts';
import { TeamMember } from '../support/teamMember.ts';

test('the doctor asks a real server for its version and memory, and says what would suit it', async () => {
	const member = new TeamMember(smallVault);
	await member.ask('team', 'sync');
	const env = member.env;
	const { findings } = await jarvisJson<DoctorResult>(['doctor'], { env });
	expect(findings.find(({ id }) => id === 'neo4j')).toMatchObject({
		...{ severity: 'ok', what: expect.stringMatching(/^Neo4j .*\d+\.\d+.* answers at /) },
	});
	const memory = findings.find(({ id }) => id === 'neo4jMemory')!;
	expect(memory.what).toMatch(
		/has \d{3,} MB on its machine, and holds about [1-9]\d* MB: heap \d+ MB, page cache \d+ MB/,
	);
	const refused = await jarvisJson<DoctorResult>(['doctor'], { env: { ...env, NEO4J_PASSWORD: 'wrong' } });
	expect(refused.findings.find(({ id }) => id === 'neo4j')).toMatchObject({
		...{ severity: 'warning', what: expect.stringContaining('refuses user or password') },
	});
	const { hostname } = new URL(inject('neo4j').uri);
	const away = await jarvisJson<DoctorResult>(['doctor'], {
		env: { ...env, NEO4J_URI: `bolt://${hostname}:1` },
	});
	expect(away.findings.find(({ id }) => id === 'neo4j')).toMatchObject({ severity: 'warning' });
});
