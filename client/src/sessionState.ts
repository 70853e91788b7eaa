import type { StatusResult } from '../../server/src/protocol/status.ts';

/** Where the search server stands, as every view shows it. */
export type SessionState =
	/** No note was seen in this window yet, so no server runs. */
	| { readonly kind: 'idle' }
	| { readonly kind: 'starting' }
	/** `status` is missing until the server has told it for the first time. */
	| { readonly kind: 'running'; readonly status: StatusResult | undefined }
	/** Given up; only a restart by hand brings it back. */
	| { readonly kind: 'stopped'; readonly reason: string };
