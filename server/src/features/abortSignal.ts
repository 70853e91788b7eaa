import type { CancellationToken } from 'vscode-languageserver';

/** An `AbortSignal` that follows the request's token. */
export function signalOf(token: CancellationToken): AbortSignal {
	const abort = new AbortController();
	if (token.isCancellationRequested) abort.abort();
	token.onCancellationRequested(() => abort.abort());
	return abort.signal;
}
