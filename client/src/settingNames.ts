/** Of package.json what is needed here: settings stand in groups, one for each topic. */
interface Manifest {
	readonly contributes: {
		readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
	};
}

/** Names without the prefix, from the manifest: an object-valued setting can't be told from a section by its value. */
export function settingNames({ contributes }: Manifest): readonly string[] {
	return contributes.configuration
		.flatMap(({ properties }) => Object.keys(properties))
		.filter((key) => key.startsWith('jarvis.'))
		.map((key) => key.slice('jarvis.'.length));
}
