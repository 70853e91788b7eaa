import { listenToSpans, type Span } from '../../tracing/spans.ts';

/** A trace of more would not open. */
const mostSpans = 500_000;

/** Keeps what is told from now on; `stop` ends it and gives what there was. */
export function recordSpans(): { readonly stop: () => readonly Span[] } {
	const spans: Span[] = [];
	const end = listenToSpans((span) => {
		if (spans.length < mostSpans) spans.push(span);
	});
	return {
		stop: () => {
			end();
			return spans;
		},
	};
}
