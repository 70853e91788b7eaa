import { UserError } from '../ports/system.ts';

/** One line for the user where it is theirs to act on; a bug keeps its stack, for the report. */
export function explainFailure(error: unknown): string {
	if (error instanceof UserError) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
