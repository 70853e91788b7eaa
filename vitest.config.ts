import { defineConfig } from 'vitest/config';

const suite = (name: string, testTimeout: number) => ({
	extends: true as const,
	test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
});

const unit = suite('unit', 10_000);

/**
 * One real server for all of its files, started before them: the first time on a machine it is fetched from Maven. Much of
 * their time they wait for it, or for one of their own to start, so that more run at once than there are processors.
 */
const neo4j = {
	...suite('neo4j', 240_000),
	test: {
		...suite('neo4j', 240_000).test,
		globalSetup: 'test/support/neo4jForTests.ts',
		maxWorkers: 3,
	},
};

/** One project a layer of the pyramid; protocol and process run against the bundles in dist/, vscode/ui on the VSIX. */
export default defineConfig({
	test: {
		projects: [
			// Pure code needs no module graph of its own for every file: half the time.
			{ ...unit, test: { ...unit.test, isolate: false } },
			suite('contract', 30_000),
			suite('protocol', 60_000),
			suite('process', 120_000),
			suite('vscode/ui', 120_000),
			neo4j,
		],
	},
});
