import type { SettingSpec } from './spec.ts';

/** What the editor shows; the server makes no use of it. */
export const displaySettings = {
	'alerts.notify': {
		type: 'boolean',
		default: false,
		description:
			'Also show an alert of the monitor (memory, processor, slow searches, errors) as a message. The status bar warns and the log tells either way.',
	},
} as const satisfies Record<string, SettingSpec>;
