import { settingsSchema } from '../../server/src/settings/schema.ts';
import type { SettingSpec } from '../../server/src/settings/spec.ts';

const settings: readonly (readonly [string, SettingSpec])[] = Object.entries(settingsSchema);

/** `package.json` with every setting contributed, and none taken from a workspace that is not trusted. */
export function manifestWithSettings(json: string): string {
	const manifest = JSON.parse(json);
	manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = settings.map(
		([name]) => `jarvis.${name}`,
	);
	manifest.contributes.configuration = {
		title: 'Jarvis',
		properties: Object.fromEntries(
			settings.map(([name, spec], at) => [`jarvis.${name}`, { order: at, ...property(spec) }]),
		),
	};
	return `${JSON.stringify(manifest, undefined, '\t')}\n`;
}

/** `docs/configuration.md`. */
export function settingsPage(): string {
	const rows = settings.map(([name, spec]) => {
		const cells = [
			`\`jarvis.${name}\``,
			`\`${JSON.stringify(spec.default)}\``,
			rangeOf(spec),
			spec.description,
		];
		return `| ${[...cells, spec.env === undefined ? '' : `\`${spec.env}\``].join(' | ')} |`;
	});
	return `# Configuration

Made from \`server/src/settings/\` by \`npm run docs\`; a test holds the two together.

In VS Code these are settings like any other. The command line reads them from a JSON file (\`--settings FILE\`), and the
environment variables of the last column where no such file says otherwise. A value that is not valid is told of, and
the default is used in its place. In a workspace that is not trusted, the workspace's own values are ignored.

| setting | default | values | what it does | environment |
|---|---|---|---|---|
${rows.join('\n')}
`;
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
