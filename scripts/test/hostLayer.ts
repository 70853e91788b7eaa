import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommand } from '../host/runCommand.ts';
import { type Layer, single } from './layer.ts';
import { readReport } from './report.ts';

/** Mocha inside the extension host of a real VS Code, in a trusted workspace or in Restricted Mode. */
export function hostLayer(name: string, trust: 'trusted' | 'restricted'): Layer {
	return {
		name,
		run: async () => {
			const report = resolve('out', 'reports', `host-${trust}.json`);
			rmSync(report, { force: true });
			const { code, output } = await runCommand('npx', [
				...['--no-install', 'tsx', 'test/vscode/host/run.ts', trust, report],
			]);
			const read = readReport<Report>(report);
			if (read === undefined) return single(false, `${output}\nNo report was written.`);
			const passed = read.tests.filter(({ state }) => state === 'passed').length;
			const failed = read.tests.filter(({ state }) => state === 'failed').length;
			const skipped = read.tests
				.filter(({ state }) => state === 'skipped')
				.map(({ title }) => ({ title, reason: 'marked so in the test' }));
			if (passed + failed === 0) return single(false, `${output}\nNo test ran.`);
			return { passed, failed: code === 0 ? failed : Math.max(1, failed), skipped, output };
		},
	};
}

interface Report {
	readonly tests: readonly { readonly title: string; readonly state: 'passed' | 'failed' | 'skipped' }[];
}
