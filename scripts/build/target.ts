/** Platforms that both DuckDB and ONNX Runtime have a binary for, by VS Code's names for them. */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64', 'win32-arm64'] as const;

export type Target = (typeof targets)[number];

/** The platform this runs on. */
export function hostTarget(): Target {
	return parseTarget(`${process.platform}-${process.arch}`);
}

export function parseTarget(name: string): Target {
	const target = targets.find((known) => known === name);
	if (target === undefined) throw new Error(`No build for ${name}. There is one for ${targets.join(', ')}.`);
	return target;
}
