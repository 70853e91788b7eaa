import type { NotificationType } from 'vscode-jsonrpc';
import type { Guest } from '../../ports/door.ts';

/** Who is to hear of what leaders tell, by method: while they work for this process, or as long as it lives. */
export class Hearing implements Guest {
	readonly #listeners = new Map<string, Set<(params: object) => void>>();

	/** Calls `listener` until `run` has ended. */
	async during<P extends object, R>(
		type: NotificationType<P>,
		listener: (params: P) => void,
		run: () => Promise<R>,
	): Promise<R> {
		const stop = this.listen(type, listener);
		try {
			return await run();
		} finally {
			stop();
		}
	}

	/** Calls `listener` until the function that is returned is called. */
	listen<P extends object>({ method }: NotificationType<P>, listener: (params: P) => void): () => void {
		const hear = (params: object) => listener(params as P);
		const listeners = this.#listeners.get(method) ?? new Set();
		this.#listeners.set(method, listeners.add(hear));
		return () => void listeners.delete(hear);
	}

	/** The same, but not with what differs in nothing from what was told before. */
	listenToChanges<P extends object>(type: NotificationType<P>, listener: (params: P) => void): () => void {
		let last = '';
		return this.listen(type, (params) => {
			const told = JSON.stringify(params);
			if (told !== last) listener(params);
			last = told;
		});
	}

	tell(method: string, params: object): void {
		for (const listener of this.#listeners.get(method) ?? []) listener(params);
	}
}
