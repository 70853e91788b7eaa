import type { Logger } from '../../ports/system.ts';
import { listenToSpans } from '../../tracing/spans.ts';

/** Gives a switch: while it is on, every statement of the database is logged with its time. */
export function statementLog(logger: Logger): (isOn: boolean) => void {
	let end: (() => void) | undefined;
	return (isOn) => {
		if (isOn === (end !== undefined)) return;
		end?.();
		end = isOn
			? listenToSpans(({ category, name, durationMs }) => {
					if (category === 'database') logger.info(`DuckDB ${durationMs.toFixed(1)} ms: ${name}`);
				})
			: undefined;
	};
}
