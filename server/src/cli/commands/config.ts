import type { Command } from 'commander';
import { settingGroups } from '../../settings/groups.ts';
import { readSettings, settingsFromEnvironment } from '../../settings/read.ts';
import { settingsSchema } from '../../settings/schema.ts';
import type { SettingSpec } from '../../settings/spec.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, readGivenSettings, withCommonOptions } from '../session.ts';

interface SettingInForce {
	/** With `jarvis.`, as editors have it. */
	readonly name: string;
	readonly value: unknown;
	readonly default: unknown;
	/** Where the value is from. */
	readonly from: 'default' | 'environment' | 'file' | 'option';
	/** The environment variable that sets it. */
	readonly env?: string;
}

/** `jarvis config`: every setting as commands take it, where it is from, and what is wrong with those given. */
export function addConfig(program: Command): void {
	withCommonOptions(program.command('config'))
		.description('show every setting as commands take it, and where it is from')
		.action((options: CommonOptions) => {
			const given = readGivenSettings(options);
			const { settings, problems } = readSettings(given);
			const values: Readonly<Record<string, unknown>> = settings;
			const environment = settingsFromEnvironment(process.env);
			const describe = (name: string, spec: SettingSpec): SettingInForce => ({
				...{ name: `jarvis.${name}`, value: values[name], default: spec.default },
				from: sourceOf(name, options, given, environment),
				...(spec.env === undefined ? {} : { env: spec.env }),
			});
			const groups = settingGroups().map(({ title, settings: own }) => ({
				title,
				settings: own.map(([name, spec]) => describe(name, spec)),
			}));
			const unknown = Object.keys(given).filter((name) => given[name] !== undefined && !(name in values));
			const faults = [
				...problems,
				...unknown.filter(isOurs).map((name) => `There is no setting jarvis.${name}.`),
			];
			if (options.json === true)
				printJson({ settings: groups.flatMap((group) => group.settings), problems: faults });
			else print(groups, faults);
		});
}

/** A file of an editor has settings of everybody: those of our topics are meant for us. */
function isOurs(name: string): boolean {
	const topicOf = (each: string) => each.split('.')[0];
	return Object.keys(settingsSchema).some((known) => topicOf(known) === topicOf(name));
}

function sourceOf(
	name: string,
	{ indexDir }: CommonOptions,
	given: Readonly<Record<string, unknown>>,
	environment: Readonly<Record<string, unknown>>,
): SettingInForce['from'] {
	if (name === 'index.directory' && indexDir !== undefined) return 'option';
	if (given[name] === undefined) return 'default';
	return given[name] === environment[name] ? 'environment' : 'file';
}

function print(
	groups: readonly { readonly title: string; readonly settings: readonly SettingInForce[] }[],
	problems: readonly string[],
): void {
	for (const { title, settings } of groups) {
		printLine(bold(title));
		for (const { name, value, from, env } of settings) {
			const source = from === 'environment' ? env : from;
			const note = from === 'default' ? dim(env === undefined ? '' : `  (${env})`) : `  from ${source}`;
			printLine(`  ${name} = ${JSON.stringify(value)}${note}`);
		}
		printLine();
	}
	for (const problem of problems) printLine(problem);
}
