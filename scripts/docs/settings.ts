import { settingGroups } from '../../server/src/settings/groups.ts';
import { settingsSchema } from '../../server/src/settings/schema.ts';
import type { SettingSpec } from '../../server/src/settings/spec.ts';

const settings: readonly (readonly [string, SettingSpec])[] = Object.entries(settingsSchema);

/** `package.json` with every setting contributed, and none taken from a workspace that is not trusted. */
export function manifestWithSettings(json: string): string {
	const manifest = JSON.parse(json);
	manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = settings.map(
		([name]) => `jarvis.${name}`,
	);
	manifest.contributes.configuration = settingGroups().map(({ title, settings: ofTopic }, at) => ({
		title,
		order: at + 1,
		properties: Object.fromEntries(
			ofTopic.map(([name, spec], order) => [`jarvis.${name}`, { order, ...property(spec) }]),
		),
	}));
	return `${JSON.stringify(manifest, undefined, '\t')}\n`;
}

/** `docs/configuration.md`. */
export function settingsPage(): string {
	const tables = settingGroups().map(
		({ title, settings: ofTopic }) => `## ${title}

| setting | default | values | what it does | environment |
|---|---|---|---|---|
${ofTopic.map(rowOf).join('\n')}
`,
	);
	return `# Configuration

Made from \`server/src/settings/\` by \`npm run docs\`; a test holds the two together.

In VS Code these are settings like any other, under the titles below: _Jarvis: Open Settings_. The command line reads them from a JSON file (\`--settings FILE\`), and the
environment variables of the last column where no such file says otherwise. A value that is not valid is told of, and
the default is used in its place. In a workspace that is not trusted, the workspace's own values are ignored.

${tables.join('\n')}`;
}

function rowOf([name, spec]: readonly [string, SettingSpec]): string {
	const cells = [
		`\`jarvis.${name}\``,
		`\`${JSON.stringify(spec.default)}\``,
		rangeOf(spec),
		// In the settings editor such a name is a link.
		spec.description.replace(/`#([\w.]+)#`/g, '`$1`'),
		spec.env === undefined ? '' : `\`${spec.env}\``,
	];
	return `| ${cells.join(' | ')} |`;
}

function property(spec: SettingSpec): object {
	const { env: _env, description, ...rest } = spec;
	if (spec.type === 'autoInteger') {
		// Of several types VS Code shows no field to type in.
		const { minimum: _minimum, maximum: _maximum, ...named } = rest;
		return { ...named, type: 'string', pattern: '^(auto|[0-9]+)$', markdownDescription: description };
	}
	return { ...rest, markdownDescription: description };
}

function rangeOf({ type, enum: choices, minimum, maximum }: SettingSpec): string {
	if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(' ');
	if (minimum === undefined && maximum === undefined) return type === 'array' ? 'list' : type;
	return `${type === 'autoInteger' ? '`auto`, ' : ''}${minimum ?? ''} to ${maximum ?? ''}`;
}
