/** What the runner, outside, and the tests, in the extension host, have to agree on. */

/** Names the environment variable with the path of the report. */
export const reportVariable = 'JARVIS_HOST_TEST_REPORT';

/** Written to the console by a test that needs the workspace to be trusted. */
export const askForTrust = 'jarvis-test: trust this workspace';

/** The settings of the workspace in Restricted Mode. */
export const untrustedSettings = { 'jarvis.search.limit': 2 } as const;

/** How a test ended; the report is `{ tests: TestOutcome[] }`. */
export interface TestOutcome {
	readonly title: string;
	readonly state: 'passed' | 'failed' | 'skipped';
	readonly ms: number | undefined;
}
