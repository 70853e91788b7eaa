import type { Gauges } from '../../server/src/ports/performance.ts';

/** What a test says of the processes. */
export class FakeGauges implements Gauges {
	readonly processors = 2;
	cpu = 0;

	cpuMs(): number {
		return this.cpu;
	}

	heap() {
		return { heapBytes: 30 * 1_048_576, externalBytes: 5 * 1_048_576 };
	}

	async databaseBytes(): Promise<number> {
		return 10 * 1_048_576;
	}

	eventLoop() {
		return { p99Ms: 1, maxMs: 2 };
	}
}
