import type { Logger } from '../../ports/system.ts';
import type { ModelSpec } from '../models/modelSpec.ts';
import type { ChildOptions } from './messages.ts';

/** How the model is run; asked for anew whenever it matters. */
export interface EmbedderTuning extends Pick<ChildOptions, 'priority' | 'device' | 'cpuAffinity'> {
	readonly processes: number;
	/** `undefined` for what suits the device. */
	readonly batchSize: number | undefined;
	/** Most texts of one run, whatever else is asked for. */
	readonly mostAtOnce: number;
	/** Minutes without work after which the processes are ended; 0 keeps them. */
	readonly keepAliveMinutes: number;
}

export interface ChildEmbedderOptions {
	/** Bundle of `child.ts`. */
	readonly script: string;
	readonly directory: string;
	readonly model: ModelSpec;
	readonly tuning: () => EmbedderTuning;
	/** Tells the user what of the tuning can't be had. */
	readonly onNotice: (message: string) => void;
	readonly logger: Logger;
}
