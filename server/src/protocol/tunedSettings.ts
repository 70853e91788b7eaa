/** Settings that were changed by tuning, so that they can be put back. */

/** By name: what was set before, and what tuning set; `before` is left out where nothing was set. */
export type TunedSettings = Readonly<Record<string, TunedSetting>>;

export interface TunedSetting {
	readonly before?: unknown;
	readonly after: unknown;
}

export interface Tuned {
	/** What is to be set now; `undefined` sets nothing any more. */
	readonly changes: Readonly<Record<string, unknown>>;
	/** To be kept until it is undone. */
	readonly kept: TunedSettings;
}

/** Sets `proposals` over `current`. Of what an earlier tuning has set, what was before that is kept. */
export function applyTuning(
	current: Readonly<Record<string, unknown>>,
	proposals: Readonly<Record<string, unknown>>,
	earlier: TunedSettings,
): Tuned {
	const kept: Record<string, TunedSetting> = { ...earlier };
	for (const [name, after] of Object.entries(proposals)) {
		const known = earlier[name];
		const isTuned = known !== undefined && known.after === current[name];
		const { before } = isTuned ? known : { before: current[name] };
		kept[name] = before === undefined ? { after } : { before, after };
	}
	return { changes: proposals, kept };
}

/** Puts back what was before; what the user has changed since stays, and is named. */
export function undoTuning(
	current: Readonly<Record<string, unknown>>,
	kept: TunedSettings,
): { readonly changes: Readonly<Record<string, unknown>>; readonly stayed: readonly string[] } {
	const changes: Record<string, unknown> = {};
	const stayed: string[] = [];
	for (const [name, { before, after }] of Object.entries(kept)) {
		if (current[name] === after) changes[name] = before;
		else stayed.push(name);
	}
	return { changes, stayed };
}

/** What was kept, where it is that. */
export function readTunedSettings(given: unknown): TunedSettings {
	if (!isRecord(given)) return {};
	return Object.fromEntries(
		Object.entries(given).flatMap(([name, value]) =>
			isRecord(value) && 'after' in value ? [[name, value as unknown as TunedSetting]] : [],
		),
	);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
