import type { MemoryPort } from '../../server/src/ports/memory.ts';

/** Memory as a test says it is, and what was asked to be given back. */
export class FakeMemory implements MemoryPort {
	serverMb = 0;
	modelMb = 0;
	databaseMb: number | undefined;
	/** How often garbage was collected, and idle threads were ended. */
	collected = 0;
	ended = 0;

	async measure() {
		return { serverBytes: this.serverMb * 1_048_576, modelBytes: this.modelMb * 1_048_576 };
	}

	async limitDatabase(mb: number | undefined): Promise<void> {
		this.databaseMb = mb;
	}

	endIdleThreads(): void {
		this.ended++;
	}

	collectGarbage(): void {
		this.collected++;
	}
}
