import type { MachineFacts } from '../../ports/doctor.ts';
import type { EditorFacts, Finding } from '../../protocol/doctor.ts';

/** What we are tried with. */
const leastNode = 20;

/** What runs us, and where. */
export function surroundingFindings(
	{ nodeVersion, surroundings }: MachineFacts,
	editor: EditorFacts | undefined,
): readonly Finding[] {
	return [runtime(nodeVersion, editor), place(surroundings, editor?.remoteName)];
}

function runtime(nodeVersion: string, editor: EditorFacts | undefined): Finding {
	const isOld = Number(nodeVersion.split('.')[0]) < leastNode;
	const finding = {
		id: 'runtime',
		what: `Node ${nodeVersion}${editor === undefined ? '' : `, VS Code ${editor.version}`}.`,
		why: 'VS Code brings its own Node, which the server runs on; the command line takes the one of the shell, which must be 20 or later.',
	};
	if (!isOld) return { ...finding, severity: 'ok' };
	const commands = {
		linux: 'nvm install 22',
		macos: 'brew install node@22',
		windows: 'winget install OpenJS.NodeJS.LTS',
	};
	return { ...finding, severity: 'warning', commands };
}

function place(surroundings: MachineFacts['surroundings'], remoteName: string | undefined): Finding {
	const id = 'surroundings';
	const why =
		'Server, model and index are where the folder is: in a remote window on that machine, whose memory and disk count.';
	const remote = remoteName === undefined ? '' : ` in a remote window (${remoteName})`;
	if (surroundings === 'wsl') {
		const what = `Jarvis runs in WSL${remote}. It may use the memory that .wslconfig gives to WSL; notes below /mnt are read slowly, and their changes are not always told.`;
		const windows = 'Add-Content $HOME\\.wslconfig "[wsl2]`nmemory=8GB"; wsl --shutdown';
		return { id, severity: 'info', what, why, commands: { windows } };
	}
	if (surroundings === 'container') {
		const what = `Jarvis runs in a container${remote}. An index inside it goes with it.`;
		const linux = 'docker run … -v jarvis-cache:/root/.cache/jarvis   # a volume that outlives it';
		return { id, severity: 'info', what, why, commands: { linux, macos: linux, windows: linux } };
	}
	return { id, severity: 'ok', what: `Jarvis runs on the machine itself${remote}.`, why };
}
