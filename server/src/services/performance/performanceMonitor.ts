import type { Gauges, SampleLog } from '../../ports/performance.ts';
import type { Logger } from '../../ports/system.ts';
import type {
	Alert,
	AlertKind,
	PartHealth,
	PerformanceParams,
	PerformanceResult,
	Sample,
} from '../../protocol/performance.ts';
import type { Settings } from '../../settings/schema.ts';
import { Alerts } from './alerts.ts';
import { History } from './history.ts';
import { RequestRecorder } from './requestRecorder.ts';
import { type SampledEngine, Sampler } from './sampler.ts';
import { summarize } from './summarize.ts';
import { compareTargets } from './targets.ts';

export interface PerformanceMonitorParts extends SampledEngine {
	readonly gauges: Gauges;
	readonly settings: () => Settings;
	readonly logger: Logger;
	/** Beside the first index that is open now. */
	readonly log: () => SampleLog | undefined;
	/** See `Alerts`. */
	readonly act: (kind: AlertKind) => string;
	readonly onAlert: (alert: Alert) => void;
}

/** Looks at everything every few seconds, keeps what it saw, and minds the thresholds. */
export class PerformanceMonitor {
	/** What was asked, which whoever answers tells it. */
	readonly requests = new RequestRecorder();
	readonly #parts: PerformanceMonitorParts;
	readonly #sampler: Sampler;
	readonly #history: History;
	readonly #alerts: Alerts;
	/** Of this process, as thresholds mind nothing that is past. */
	#own: Sample[] = [];
	#timer: NodeJS.Timeout | undefined;
	#isStopped = false;

	constructor(parts: PerformanceMonitorParts) {
		this.#parts = parts;
		this.#sampler = new Sampler(parts, parts.gauges, this.requests);
		this.#history = new History(parts.log, parts.logger);
		this.#alerts = new Alerts({
			settings: parts.settings,
			processors: parts.gauges.processors,
			act: parts.act,
			tell: (alert) => {
				if (alert.isActive) parts.logger.warn(alert.text);
				else parts.logger.info(alert.text);
				parts.onAlert(alert);
			},
		});
	}

	/** Takes samples from now on, as often as the settings say now, until `stop`. The process does not stay for it. */
	start(): void {
		clearTimeout(this.#timer);
		if (this.#isStopped) return;
		this.#timer = setTimeout(
			() =>
				void this.sample()
					.catch((error: unknown) => this.#parts.logger.error('A sample could not be taken', error))
					.finally(() => this.start()),
			this.#sampleSeconds * 1000,
		);
		this.#timer.unref();
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#timer);
		await this.flush();
	}

	/** Writes what is not on disk yet; to be called while an index is open. */
	flush(): Promise<void> {
		return this.#history.flush();
	}

	/** An index was opened: what was seen before beside it is known again. */
	async indexOpened(): Promise<void> {
		await this.#history.recall(this.#keep, this.#parts.clock.now());
	}

	/** Takes one sample. */
	async sample(): Promise<void> {
		const sample = await this.#sampler.sample();
		this.#history.add(sample, this.#keep);
		this.#own = [...this.#own.slice(-59), sample];
		this.#alerts.observe(this.#own, sample.atMs);
	}

	/** `searchP95Ms` is of the last searches. */
	async read(
		{ sinceMs }: PerformanceParams,
		health: readonly PartHealth[],
		searchP95Ms: number | undefined,
	): Promise<PerformanceResult> {
		// Whoever asks at once after the start sees something.
		if (this.#own.length === 0) await this.sample();
		const { samples } = this.#history;
		const summary = summarize(samples);
		return {
			sampleSeconds: this.#sampleSeconds,
			samples: sinceMs === undefined ? samples : await this.#history.since(sinceMs, this.#parts.clock.now()),
			...(summary === undefined ? {} : { summary }),
			slowest: this.requests.slowest,
			targets: compareTargets(samples, this.#sampleSeconds, searchP95Ms),
			health,
			alerts: this.#alerts.active,
		};
	}

	get #sampleSeconds(): number {
		return this.#parts.settings()['performance.sampleSeconds'];
	}

	get #keep(): number {
		return this.#parts.settings()['performance.keepSamples'];
	}
}
