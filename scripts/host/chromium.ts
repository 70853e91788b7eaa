import { findProgram } from './findProgram.ts';
import { mustRun } from './runCommand.ts';
import { SetupError } from './setupError.ts';

const packages = ['chromium', 'fonts-dejavu-core'];

/** Path of Chromium; installs Debian's where there is none and this user may. `say` is told before that. */
export async function findChromium(say: (line: string) => void): Promise<string> {
	const found = find();
	if (found !== undefined) return found;
	const aptGet = findProgram('apt-get');
	if (aptGet === undefined || process.getuid?.() !== 0) {
		throw new SetupError(
			`The tests in VS Code need Chromium, and there is none on the PATH. Install it, on Debian by: sudo apt-get install ${packages.join(' ')}`,
		);
	}
	say(`Installing ${packages.join(' and ')} by apt-get, once.`);
	await mustRun(aptGet, ['update', '-qq']);
	await mustRun(aptGet, ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
	});
	const installed = find();
	if (installed === undefined) throw new SetupError('apt-get installed Chromium, but it is not on the PATH.');
	return installed;
}

function find(): string | undefined {
	return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
}
