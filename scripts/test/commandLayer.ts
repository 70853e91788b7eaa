import { runCommand } from '../host/runCommand.ts';
import { type Layer, single } from './layer.ts';

/** A layer that is one run of an installed tool: its exit code is the answer. */
export function commandLayer(name: string, tool: string, ...args: readonly string[]): Layer {
	return {
		name,
		run: async () => {
			const { code, output } = await runCommand('npx', ['--no-install', tool, ...args]);
			return single(code === 0, output);
		},
	};
}
