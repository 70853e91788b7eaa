/** Whether there is a process of this id, be it someone else's. */
export function isThere(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// Of another user's process it is known only that there is one.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
