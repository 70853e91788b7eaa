import type { Alert, AlertKind } from '../../../server/src/protocol/performance.ts';

/** The alerts that hold now, at most one of a kind. */
export class ActiveAlerts {
	readonly #byKind = new Map<AlertKind, Alert>();

	/** Latest first. */
	get list(): readonly Alert[] {
		return [...this.#byKind.values()].sort((a, b) => b.sinceMs - a.sinceMs);
	}

	/** Takes a change in; false where it changes nothing. */
	add(alert: Alert): boolean {
		if (!alert.isActive) return this.#byKind.delete(alert.kind);
		this.#byKind.set(alert.kind, alert);
		return true;
	}

	/** What a server told ends with it. */
	clear(): void {
		this.#byKind.clear();
	}
}
