import { spawn } from 'node:child_process';

export interface CommandOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Shown in place of the whole command line where it fails. */
	readonly name?: string;
}

export interface CommandResult {
	readonly code: number;
	readonly stdout: string;
	/** Standard output and standard error, in the order of their coming. */
	readonly output: string;
}

/** Runs a program to its end, whatever its exit code; -1 where a signal ended it. */
export function runCommand(
	program: string,
	args: readonly string[],
	{ cwd, env = process.env }: CommandOptions = {},
): Promise<CommandResult> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		let stdout = '';
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			output += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
		child.once('error', reject);
		child.once('close', (code) => resolve({ code: code ?? -1, stdout, output }));
	});
}

/** Runs a program that must end with 0, and returns its standard output. */
export async function mustRun(
	program: string,
	args: readonly string[],
	options: CommandOptions = {},
): Promise<string> {
	const { code, stdout, output } = await runCommand(program, args, options);
	if (code === 0) return stdout;
	const name = options.name ?? [program, ...args].join(' ');
	throw new Error(`${name} ended with ${code}:\n${output.trim()}`);
}
