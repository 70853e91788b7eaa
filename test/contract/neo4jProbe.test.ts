import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { probe } from '../../server/src/adapters/neo4j/probe.ts';
import { silentServer } from '../support/silentServer.ts';

test.each(['bolt', 'bolt+s'])(
	'a server that says nothing (%s) is given up in time, though memory is cleared meanwhile',
	async (scheme) => {
		const uri = (await silentServer()).replace('bolt', scheme);
		const probed = probe(uri, 300, new AbortController().signal);
		setFlagsFromString('--expose-gc');
		const collect = runInNewContext('gc') as () => void;
		setImmediate(collect);
		await expect(probed).rejects.toThrow(/does not answer within 0.3 s/);
	},
);
