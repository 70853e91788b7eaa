import type { MemoryPort, MemoryUse } from '../../ports/memory.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import type { MemoryStatus } from '../../protocol/status.ts';
import type { Settings } from '../../settings/schema.ts';
import { Ladder } from './ladder.ts';
import { type MemoryStep, type MemoryTargets, memorySteps } from './steps.ts';

/** Between two looks. A model takes longer than this to grow by a tenth of the least limit. */
const lookMs = 500;
/** Below the share that is warned of by so much, the warning is over. */
const calmer = 0.1;
/** At rest close to the limit: how often garbage is collected, and from which share of it on. */
const collectMs = 10_000;
const close = 0.9;
const mb = 1_048_576;

export interface MemoryGovernorParts {
	readonly memory: MemoryPort;
	readonly targets: Omit<MemoryTargets, 'hold'>;
	/** Stops indexing for a reason, or lets it go on. */
	readonly hold: (reason: string | undefined) => void;
	readonly settings: () => Settings;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Tells the user, once. */
	readonly onNotice: (message: string) => void;
	/** Called when what `status` tells has changed. */
	readonly onChanged: () => void;
}

/** Keeps server, database and models together below a limit: near it, one step after the other is taken to need less. */
export class MemoryGovernor {
	readonly #parts: MemoryGovernorParts;
	readonly #steps: readonly MemoryStep[];
	readonly #ladder: Ladder;
	readonly #taken: { readonly step: MemoryStep; readonly usedMb: number }[] = [];
	#use: MemoryUse;
	#collectedAtMs = -Infinity;
	#isWarned = false;
	#hasTold = false;
	#heldReason: string | undefined;
	#isStopped = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(parts: MemoryGovernorParts) {
		this.#parts = parts;
		this.#steps = memorySteps({ ...parts.targets, hold: (isHeld) => this.#hold(isHeld) });
		this.#ladder = new Ladder(this.#steps.length);
		this.#use = { serverBytes: 0, modelBytes: 0 };
	}

	/** Looks at memory from now on, until `stop`. */
	start(): void {
		const next = () => {
			if (this.#isStopped) return;
			this.#timer = setTimeout(() => void this.look().finally(next), lookMs);
			this.#timer.unref();
		};
		void this.look().finally(next);
	}

	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
	}

	/** Takes one look, and one step if need be. */
	async look(): Promise<void> {
		this.#use = await this.#parts.memory.measure();
		const share = this.#usedBytes / (this.#limitMb * mb);
		const before = this.#ladder.rung;
		const rung = this.#ladder.observe(share, this.#parts.clock.now());
		if (rung > before) this.#take(this.#steps[before]!);
		else if (rung < before) this.#undo();
		// At rest on a rung: what may have come since goes again.
		else if (rung > 0) this.#repeat(share);
		this.#warn(share, rung !== before);
	}

	/** Gives back what can be at once, whatever the limit; nothing is held back after. */
	free(): void {
		const { targets } = this.#parts;
		targets.emptyCaches();
		targets.endIdleModels(0);
		targets.endIdleThreads();
		targets.collectGarbage();
		this.#parts.onChanged();
	}

	/** As of now. */
	async status(): Promise<MemoryStatus> {
		this.#use = await this.#parts.memory.measure();
		const { serverBytes, modelBytes } = this.#use;
		const serverMb = Math.round(serverBytes / mb);
		const embedderMb = Math.round(modelBytes / mb);
		const isOver = this.#usedBytes > this.#limitMb * mb || this.#ladder.rung === this.#steps.length;
		return {
			totalMb: serverMb + embedderMb,
			serverMb,
			embedderMb,
			limitMb: this.#limitMb,
			level: isOver ? 'critical' : this.#isWarned ? 'warning' : 'normal',
			steps: this.#taken.map(({ step: { name, text }, usedMb }) => ({ name, text, usedMb })),
		};
	}

	/** What is wrong, where memory is short; said of indexing by the folders themselves. */
	get problem(): string | undefined {
		if (!this.#isWarned) return undefined;
		const used = Math.round(this.#usedBytes / mb);
		const done = this.#taken.map(({ step }) => ` ${step.text}`).join('');
		return `Jarvis uses ${used} of ${this.#limitMb} MB (jarvis.memory.limitMb).${done}`;
	}

	get #usedBytes(): number {
		return this.#use.serverBytes + this.#use.modelBytes;
	}

	get #limitMb(): number {
		return this.#parts.settings()['memory.limitMb'];
	}

	#take(step: MemoryStep): void {
		const usedMb = Math.round(this.#usedBytes / mb);
		this.#parts.logger.info(`Memory is short (${usedMb} of ${this.#limitMb} MB). ${step.text}`);
		this.#taken.push({ step, usedMb });
		// Some steps collect it themselves.
		this.#collectedAtMs = this.#parts.clock.now();
		step.take();
	}

	/** Nothing new can be done: what answering leaves behind is cleared away sooner than the heap would do it. */
	#repeat(share: number): void {
		for (const { step } of this.#taken) step.repeat?.();
		const nowMs = this.#parts.clock.now();
		if (share < close || nowMs - this.#collectedAtMs < collectMs) return;
		this.#collectedAtMs = nowMs;
		this.#parts.targets.collectGarbage();
	}

	#undo(): void {
		const taken = this.#taken.pop();
		this.#parts.logger.info(`There is room again: “${taken?.step.name}” is taken back.`);
		taken?.step.undo();
	}

	#hold(isHeld: boolean): void {
		const used = Math.round(this.#usedBytes / mb);
		this.#heldReason = isHeld ? (this.#heldReason ?? this.#reasonAt(used)) : undefined;
		this.#parts.hold(this.#heldReason);
		if (this.#heldReason === undefined || this.#hasTold) return;
		this.#parts.onNotice(this.#heldReason);
		this.#hasTold = true;
	}

	#reasonAt(used: number): string {
		return `Indexing waits for memory: Jarvis uses ${used} of ${this.#limitMb} MB. Raise jarvis.memory.limitMb, or close what you do not need; it goes on by itself when there is room.`;
	}

	#warn(share: number, hasMoved: boolean): void {
		const warnShare = this.#parts.settings()['memory.warnPercent'] / 100;
		const isWarned = share >= (this.#isWarned ? warnShare - calmer : warnShare);
		const hasChanged = isWarned !== this.#isWarned;
		this.#isWarned = isWarned;
		if (hasChanged || hasMoved) this.#parts.onChanged();
	}
}
