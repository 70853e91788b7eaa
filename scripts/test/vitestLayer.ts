import { mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { runCommand } from '../host/runCommand.ts';
import { type Layer, type LayerResult, type SkippedTest, single } from './layer.ts';
import { readReport } from './report.ts';

/** A project of `vitest.config.ts`; without a report, or without a test in it, the layer has failed. */
export function vitestLayer(name: string, project: string): Layer {
	return {
		name,
		run: async () => {
			const report = resolve('out', 'reports', `${project.replaceAll('/', '-')}.json`);
			mkdirSync(dirname(report), { recursive: true });
			rmSync(report, { force: true });
			const { code, output } = await runCommand('npx', [
				...['--no-install', 'vitest', 'run', '--project', project, '--reporter=default'],
				...['--reporter=json', `--outputFile.json=${report}`],
			]);
			return count(code, output, report);
		},
	};
}

function count(code: number, output: string, report: string): LayerResult {
	const read = readReport<Report>(report);
	if (read === undefined) return single(false, `${output}\nNo report was written.`);
	const { numPassedTests: passed, numFailedTests, testResults } = read;
	const skipped: SkippedTest[] = testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status }) => status !== 'passed' && status !== 'failed')
		.map(({ fullName, meta }) => ({ title: fullName, reason: meta?.skipReason ?? 'marked so in the test' }));
	if (passed + numFailedTests === 0) return single(false, `${output}\nNo test ran.`);
	// A file that does not load, or an error outside of any test, fails the run without failing a test.
	const failed = code === 0 ? numFailedTests : Math.max(1, numFailedTests);
	return { passed, failed, skipped, output };
}

interface Report {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly testResults: readonly {
		readonly assertionResults: readonly {
			readonly fullName: string;
			readonly status: string;
			readonly meta?: { readonly skipReason?: string };
		}[];
	}[];
}
