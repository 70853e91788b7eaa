import type { Alert, AlertKind, Sample } from '../../protocol/performance.ts';
import type { Settings } from '../../settings/schema.ts';
import { type AlertRule, alertRules } from './alertRules.ts';

export interface AlertParts {
	readonly settings: () => Settings;
	readonly processors: number;
	/** Does something about it, and returns what in a sentence; '' where nothing can be done. */
	readonly act: (kind: AlertKind) => string;
	/** Tells of one that was raised, or is over. */
	readonly tell: (alert: Alert) => void;
}

interface RuleState {
	/** While it holds. */
	alert: Alert | undefined;
	/** Whether it was told of, so that its end is told as well. */
	isTold: boolean;
	actedAtMs: number;
}

/**
 * Compares what was measured with thresholds. One that is crossed is acted upon and told of, and once more after each
 * cool-down for as long as it holds; crossed again within the cool-down, it only holds.
 */
export class Alerts {
	readonly #parts: AlertParts;
	readonly #states = new Map<AlertKind, RuleState>();

	constructor(parts: AlertParts) {
		this.#parts = parts;
	}

	/** Those that hold now, latest first. */
	get active(): readonly Alert[] {
		return [...this.#states.values()]
			.flatMap(({ alert }) => alert ?? [])
			.sort((a, b) => b.sinceMs - a.sinceMs);
	}

	/** Compares again; `samples` are the latest of this process, oldest first. */
	observe(samples: readonly Sample[], nowMs: number): void {
		for (const rule of alertRules) this.#check(rule, samples, nowMs);
	}

	#check(rule: AlertRule, samples: readonly Sample[], nowMs: number): void {
		const settings = this.#parts.settings();
		const threshold = rule.threshold(settings);
		const value = rule.measure(samples, settings, this.#parts.processors);
		if (value === undefined) return;
		const state = this.#stateOf(rule.kind);
		const limit = state.alert === undefined ? threshold : threshold * rule.calmShare;
		if (threshold === 0 || value < limit || value === 0) {
			this.#end(rule, state, value, threshold, nowMs);
			return;
		}
		const { kind } = rule;
		const sinceMs = state.alert?.sinceMs ?? nowMs;
		const text = rule.describe(value, threshold);
		const isDue = nowMs - state.actedAtMs >= settings['alerts.cooldownSeconds'] * 1000;
		// What is still above calm, but no longer above the threshold, needs nothing done.
		if (!isDue || value < threshold) {
			state.alert = { ...(state.alert ?? { text }), kind, isActive: true, value, threshold, sinceMs };
			return;
		}
		const done = this.#parts.act(kind);
		state.alert = { kind, isActive: true, text: `${text} ${done}`.trim(), value, threshold, sinceMs };
		state.actedAtMs = nowMs;
		state.isTold = true;
		this.#parts.tell(state.alert);
	}

	#end({ kind, over }: AlertRule, state: RuleState, value: number, threshold: number, nowMs: number): void {
		if (state.alert === undefined) return;
		state.alert = undefined;
		if (!state.isTold) return;
		state.isTold = false;
		this.#parts.tell({ kind, isActive: false, text: over, value, threshold, sinceMs: nowMs });
	}

	#stateOf(kind: AlertKind): RuleState {
		const known = this.#states.get(kind);
		if (known !== undefined) return known;
		const made = { alert: undefined, isTold: false, actedAtMs: -Infinity };
		this.#states.set(kind, made);
		return made;
	}
}
