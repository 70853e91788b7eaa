import type { RotatedLog } from '../adapters/files/rotatedLog.ts';
import type { Logger } from '../ports/system.ts';

/** Writes into the file as well. */
export function withLogFile(logger: Logger, file: RotatedLog): Logger {
	return {
		info: (message) => {
			file.write('info', message);
			logger.info(message);
		},
		warn: (message) => {
			file.write('warn', message);
			logger.warn(message);
		},
		error: (message, cause) => {
			file.write('error', cause instanceof Error ? `${message}: ${cause.stack ?? cause.message}` : message);
			logger.error(message, cause);
		},
	};
}
