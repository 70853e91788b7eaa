import type { SettingSpec } from './spec.ts';

/** Processor and memory: how much of the machine may be taken. */
export const resourceSettings = {
	'embedding.processes': {
		type: 'autoInteger',
		default: 'auto',
		minimum: 1,
		maximum: 16,
		description:
			'Processes that compute vectors, each with one thread. `auto`: one less than the processor has cores (not threads), from 1 to 4, as far as `#jarvis.memory.limitMb#` has room for them.',
	},
	'embedding.batchSize': {
		type: 'autoInteger',
		default: 'auto',
		minimum: 1,
		maximum: 256,
		env: 'JARVIS_BATCH_SIZE',
		description:
			'Texts that the model reads at once; only texts of the same length are. `auto`: one on a processor, where that is the fastest; on a graphics card 4 to 32 by the memory of the machine. More than one makes vectors of 8-bit models differ slightly from run to run.',
	},
	'embedding.device': {
		type: 'string',
		enum: ['auto', 'cpu', 'cuda', 'coreml', 'dml'],
		default: 'cpu',
		env: 'JARVIS_DEVICE',
		description:
			'What computes vectors: the processor, or a graphics card by CUDA (Linux), Core ML (macOS) or DirectML (Windows). `auto` takes the card where there is one. A device that fails gives way to the processor.',
	},
	'embedding.cpuAffinity': {
		type: 'string',
		default: '',
		description:
			'Processors that vectors may be computed on, such as `2,3` or `4-7`. Empty: all. On Linux only.',
	},
	'memory.limitMb': {
		type: 'integer',
		default: 1024,
		minimum: 256,
		maximum: 65_536,
		description:
			'Memory that Jarvis may use, in megabytes: search server, database and models together. Near it, Jarvis does with less step by step, and stops indexing before it is reached.',
	},
	'memory.warnPercent': {
		type: 'integer',
		default: 80,
		minimum: 10,
		maximum: 100,
		description: 'Share of the memory limit, in percent, above which the status bar warns.',
	},
} as const satisfies Record<string, SettingSpec>;
