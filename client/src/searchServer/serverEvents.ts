import { type Disposable, EventEmitter, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { BenchmarkProgress, type BenchmarkProgressParams } from '../../../server/src/protocol/benchmark.ts';
import { Told, type ToldParams } from '../../../server/src/protocol/control.ts';
import { FetchProgress, type FetchProgressParams } from '../../../server/src/protocol/models.ts';
import { type Alert, AlertChanged } from '../../../server/src/protocol/performance.ts';
import { MeasureProgress, type MeasureProgressParams } from '../../../server/src/protocol/quality.ts';

/** What the search server tells unasked, whichever process it runs in by now. */
export class ServerEvents implements Disposable {
	readonly #fetched = new EventEmitter<FetchProgressParams>();
	/** While a model is downloaded. */
	readonly onDidFetch = this.#fetched.event;
	readonly #measured = new EventEmitter<MeasureProgressParams>();
	readonly onMeasureProgress = this.#measured.event;
	readonly #benchmarked = new EventEmitter<BenchmarkProgressParams>();
	readonly onBenchmarkProgress = this.#benchmarked.event;
	readonly #alerted = new EventEmitter<Alert>();
	/** A threshold was crossed, or is no longer. */
	readonly onDidAlert = this.#alerted.event;

	/** Hears a server that was started; it is no more heard once it has ended. */
	listen(client: LanguageClient): void {
		client.onNotification(Told, show);
		client.onNotification(FetchProgress, (step) => this.#fetched.fire(step));
		client.onNotification(BenchmarkProgress, (progress) => this.#benchmarked.fire(progress));
		client.onNotification(AlertChanged, (alert) => this.#alerted.fire(alert));
		client.onNotification(MeasureProgress, (progress) => this.#measured.fire(progress));
	}

	dispose(): void {
		this.#fetched.dispose();
		this.#measured.dispose();
		this.#benchmarked.dispose();
		this.#alerted.dispose();
	}
}

function show({ kind, message }: ToldParams): void {
	if (kind === 'info') void window.showInformationMessage(message);
	else if (kind === 'warning') void window.showWarningMessage(message);
	else void window.showErrorMessage(message);
}
