import type { MachineFacts } from '../../ports/doctor.ts';
import type { Finding } from '../../protocol/doctor.ts';

/** Index, vectors, caches, sockets, and a hundred notes at a time; the editor's own come on top. */
const enoughFiles = 4096;
/** One for each folder, of all that an editor watches. */
const enoughWatches = 65_536;

/** Limits of the system on what a process may have open. */
export function limitFindings({ openFiles, inotifyWatches }: MachineFacts): readonly Finding[] {
	const findings: Finding[] = [];
	if (openFiles !== undefined) {
		const { soft, hard } = openFiles;
		const finding = {
			id: 'openFiles',
			what: `This process may have ${amount(soft)} files open (at most ${amount(hard)}).`,
			why: 'A small limit lets indexing fail with EMFILE. Jarvis has some dozens open at a time, so that the guide’s 65,536 are not needed.',
		};
		const commands = {
			linux: `printf '* soft nofile 65536\\n* hard nofile 65536\\n' | sudo tee /etc/security/limits.d/99-jarvis.conf   # then log in again`,
			macos: 'sudo launchctl limit maxfiles 65536 524288   # then start VS Code again',
		};
		findings.push(
			soft >= enoughFiles
				? { ...finding, severity: 'ok' }
				: { ...finding, severity: soft < 1024 ? 'warning' : 'info', commands },
		);
	}
	if (inotifyWatches !== undefined) {
		const finding = {
			id: 'inotify',
			what: `fs.inotify.max_user_watches is ${inotifyWatches}.`,
			why: 'VS Code watches each folder of the workspace by one; without one left, changes by other programs are seen only when the window gets the focus.',
		};
		const linux =
			"echo 'fs.inotify.max_user_watches=524288' | sudo tee /etc/sysctl.d/99-inotify.conf && sudo sysctl --system";
		findings.push(
			inotifyWatches >= enoughWatches
				? { ...finding, severity: 'ok' }
				: { ...finding, severity: 'warning', commands: { linux } },
		);
	}
	return findings;
}

function amount(limit: number): string {
	return Number.isFinite(limit) ? String(limit) : 'any number of';
}
