import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageVsix } from '../../../scripts/build/vsix.ts';
import {
	installExtension,
	type RunningCodeServer,
	startCodeServer,
} from '../../../scripts/host/codeServer.ts';
import { editorSettings } from '../../../scripts/host/editorSettings.ts';
import { freePort } from '../../../scripts/host/freePort.ts';
import { type CodeServer, installCodeServer } from '../../../scripts/host/installCodeServer.ts';
import type { Sandbox } from './sandbox.ts';

/** How an editor of a test differs from that of a user. */
export interface EditorOptions {
	/** In Restricted Mode every folder is new and not trusted. */
	readonly trust: 'trusted' | 'restricted';
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly env?: NodeJS.ProcessEnv;
	readonly flags?: readonly string[];
}

/** Starts a real VS Code, with the VSIX installed, for the user of a sandbox. */
export async function startEditor(
	sandbox: Sandbox,
	{ trust, settings, env, flags = [] }: EditorOptions,
): Promise<RunningCodeServer> {
	const codeServer = await installCodeServer((line) => console.log(line));
	const isRestricted = trust === 'restricted';
	return startCodeServer(codeServer, {
		userData: sandbox.userData,
		extensions: await installedExtensions(codeServer),
		port: await freePort(),
		settings: {
			...editorSettings,
			'security.workspace.trust.enabled': isRestricted,
			'security.workspace.trust.startupPrompt': 'never',
			'security.workspace.trust.banner': 'never',
			'editor.hover.delay': 100,
			...settings,
		},
		env: { ...sandbox.env, ...env },
		flags: [...(isRestricted ? [] : ['--disable-workspace-trust']), ...flags],
	});
}

/** Folder with the extension as the VSIX has it, installed anew when the VSIX is another. */
async function installedExtensions(codeServer: CodeServer): Promise<string> {
	const vsix = await packageVsix();
	const root = resolve('out', 'vscode');
	const extensions = join(root, 'extensions');
	const stamp = join(root, 'installed');
	const { mtimeMs, size } = statSync(vsix);
	const wanted = `${codeServer.entry} ${mtimeMs} ${size}`;
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
		rmSync(root, { recursive: true, force: true });
		await installExtension(codeServer, vsix, { userData: join(root, 'user'), extensions });
		writeFileSync(stamp, wanted);
	}
	return extensions;
}
