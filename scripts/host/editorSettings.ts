/** Settings of a VS Code that shows nothing but the notes: no welcome, no chat, no updates, no telemetry. */
export const editorSettings = {
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'workbench.welcomePage.walkthroughs.openOnInstall': false,
	'workbench.enableExperiments': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	// Some editors would open in a box that swallows clicks and commands.
	'workbench.editor.useModal': 'off',
	'window.commandCenter': false,
	'chat.commandCenter.enabled': false,
	'chat.disableAIFeatures': true,
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'extensions.autoUpdate': false,
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
	'git.enabled': false,
	// The editor itself keeps a small machine busy.
	'jarvis.indexing.whenBusy': 'fullSpeed',
	// On in the browser: what is typed in a test would be written to disk.
	'files.autoSave': 'off',
} as const;
