import { type Settings, settingsSchema } from './schema.ts';
import type { SettingSpec } from './spec.ts';

/** Defaults, overlaid by what is valid in `given`; what is not valid keeps its default and is told in `problems`. */
export function readSettings(given: Readonly<Record<string, unknown>>): {
	settings: Settings;
	problems: readonly string[];
} {
	const settings: Record<string, unknown> = {};
	const problems: string[] = [];
	for (const [name, spec] of Object.entries<SettingSpec>(settingsSchema)) {
		const value = spec.type === 'autoInteger' ? numberIfOne(given[name]) : given[name];
		const fault = value === undefined ? undefined : findFault(spec, value);
		if (fault !== undefined)
			problems.push(`Setting jarvis.${name} ${fault}; using ${JSON.stringify(spec.default)}.`);
		settings[name] = value === undefined || fault !== undefined ? spec.default : value;
	}
	return { settings: settings as Settings, problems };
}

/** The settings that environment variables name, as `readSettings` takes them. */
export function settingsFromEnvironment(
	env: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
	const found: Record<string, unknown> = {};
	for (const [name, spec] of Object.entries<SettingSpec>(settingsSchema)) {
		const text = spec.env === undefined ? undefined : env[spec.env];
		if (text === undefined || text === '') continue;
		found[name] = readText(spec, text);
	}
	return found;
}

function readText({ type }: SettingSpec, text: string): unknown {
	if (type === 'number' || type === 'integer') return Number(text);
	if (type === 'boolean') return { true: true, 1: true, false: false, 0: false }[text.toLowerCase()] ?? text;
	return text;
}

/** A text field gives numbers as text. */
function numberIfOne(value: unknown): unknown {
	return typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
}

function findFault(spec: SettingSpec, value: unknown): string | undefined {
	switch (spec.type) {
		case 'boolean':
			return typeof value === 'boolean' ? undefined : 'must be true or false';
		case 'string':
			if (typeof value !== 'string') return 'must be text';
			return spec.enum === undefined || spec.enum.includes(value)
				? undefined
				: `must be one of ${spec.enum.join(', ')}`;
		case 'array':
			return Array.isArray(value) && value.every((item) => typeof item === 'string')
				? undefined
				: 'must be a list of texts';
		case 'autoInteger':
			if (value === 'auto') return undefined;
			return findNumberFault({ ...spec, type: 'integer' }, value)?.replace('must be', 'must be `auto` or');
		default:
			return findNumberFault(spec, value);
	}
}

function findNumberFault(spec: SettingSpec, value: unknown): string | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
	if (spec.type === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
	const { minimum = -Infinity, maximum = Infinity } = spec;
	return value < minimum || value > maximum ? `must be between ${minimum} and ${maximum}` : undefined;
}
