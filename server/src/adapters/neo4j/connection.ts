import type { Driver, ManagedTransaction, Session } from 'neo4j-driver';
import { GraphFault } from '../../ports/remoteGraph.ts';
import { faultOf } from './faults.ts';
import type { Neo4jOptions } from './options.ts';
import { probe } from './probe.ts';

/** How long a write may take on the server; a batch takes a second, and a slow machine ten. */
const writeTimeoutMs = 120_000;
/** The server ends a question itself when its time is up; when it does not say so in this time, it is given up. */
const graceMs = 5000;
/** Subqueries as they are written here came with this one. */
const leastVersion = [5, 23] as const;

export type Row = Readonly<Record<string, unknown>>;
export type Parameters = Readonly<Record<string, unknown>>;

/** Runs one statement of a transaction. */
export type Run = (cypher: string, parameters?: Parameters) => Promise<readonly Row[]>;

/** Sessions with a Neo4j server. Whatever fails is thrown as `GraphFault`, and no call waits for ever. */
export class Connection {
	readonly #options: Neo4jOptions;
	#driver: Driver | undefined;
	#inUse = 0;
	/** The driver opens one where all are in use, and keeps it: it tells no numbers itself. */
	#opened = 0;
	/** Ends what runs on the driver: a driver that is closed leaves that unanswered. */
	#closed = new AbortController();

	constructor(options: Neo4jOptions) {
		this.#options = options;
	}

	get connections(): { readonly inUse: number; readonly idle: number } {
		return { inUse: this.#inUse, idle: this.#opened - this.#inUse };
	}

	/** Connects anew and finds out whether the server will do. */
	async open(signal: AbortSignal): Promise<void> {
		await this.close();
		const { uri, connectionTimeoutMs } = this.#options;
		await probe(uri, connectionTimeoutMs, signal);
		const driver = await this.#newDriver();
		this.#driver = driver;
		const { database } = this.#options;
		const info = await this.#within(connectionTimeoutMs, signal, () => driver.getServerInfo({ database }));
		checkVersion(info.agent ?? '');
	}

	/** One read-only transaction, tried again where the server says that may help. */
	read<T>(work: (run: Run) => Promise<T>, signal: AbortSignal): Promise<T> {
		const { queryTimeoutMs, maxTransactionRetryTimeMs } = this.#options;
		return this.#withSession('READ', queryTimeoutMs + maxTransactionRetryTimeMs, signal, (session) =>
			session.executeRead((transaction) => work(runIn(transaction, signal)), { timeout: queryTimeoutMs }),
		);
	}

	/** One transaction that writes: all of it or nothing. */
	write<T>(work: (run: Run) => Promise<T>, signal: AbortSignal): Promise<T> {
		const { maxTransactionRetryTimeMs } = this.#options;
		return this.#withSession('WRITE', writeTimeoutMs + maxTransactionRetryTimeMs, signal, (session) =>
			session.executeWrite((transaction) => work(runIn(transaction, signal)), { timeout: writeTimeoutMs }),
		);
	}

	async close(): Promise<void> {
		const driver = this.#driver;
		this.#driver = undefined;
		this.#opened = this.#inUse;
		this.#closed.abort(new GraphFault('unreachable', 'The connection to the Neo4j server was closed.'));
		this.#closed = new AbortController();
		if (driver === undefined) return;
		// A server that is silent is not said goodbye to either.
		await Promise.race([driver.close().catch(() => {}), pause(graceMs)]);
	}

	async #withSession<T>(
		mode: 'READ' | 'WRITE',
		limitMs: number,
		signal: AbortSignal,
		work: (session: Session) => Promise<T>,
	): Promise<T> {
		signal.throwIfAborted();
		const driver = this.#driver;
		if (driver === undefined)
			throw new GraphFault('unreachable', 'There is no connection to the Neo4j server.');
		const { database } = this.#options;
		const session = driver.session({ database, defaultAccessMode: mode });
		this.#opened = Math.max(this.#opened, ++this.#inUse);
		try {
			return await this.#within(limitMs + graceMs, signal, () => work(session));
		} finally {
			this.#inUse--;
			// Not waited for: to end what still runs, the server has to answer.
			session.close().catch(() => {});
		}
	}

	async #within<T>(limitMs: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
		const limit = new AbortController();
		const timer = setTimeout(() => {
			limit.abort(
				new GraphFault('unreachable', `The Neo4j server has not answered for ${limitMs / 1000} s.`),
			);
		}, limitMs);
		const either = AbortSignal.any([signal, limit.signal, this.#closed.signal]);
		try {
			return await unlessAborted(work(), either);
		} catch (error) {
			throw signal.aborted ? signal.reason : faultOf(error);
		} finally {
			clearTimeout(timer);
		}
	}

	async #newDriver(): Promise<Driver> {
		const { uri, user, connectionTimeoutMs, maxConnectionPoolSize } = this.#options;
		const { maxConnectionLifetimeMs, connectionAcquisitionTimeoutMs, maxTransactionRetryTimeMs } =
			this.#options;
		const password = await this.#options.password();
		// Only where it is wanted: its code is a megabyte.
		const { default: neo4j } = await import('neo4j-driver');
		return neo4j.driver(uri, password === undefined ? undefined : neo4j.auth.basic(user, password), {
			disableLosslessIntegers: true,
			telemetryDisabled: true,
			userAgent: 'jarvis-notes',
			notificationFilter: { minimumSeverityLevel: 'OFF' },
			maxConnectionPoolSize,
			maxConnectionLifetime: maxConnectionLifetimeMs,
			connectionAcquisitionTimeout: connectionAcquisitionTimeoutMs,
			connectionTimeout: connectionTimeoutMs,
			maxTransactionRetryTime: maxTransactionRetryTimeMs,
		});
	}
}

/** Throws where the server, by what it calls itself (`Neo4j/5.26.30`), is too old. */
export function checkVersion(agent: string): void {
	const found = /^Neo4j\/(\d+)\.(\d+)/.exec(agent);
	if (found === null) return;
	const [major, minor] = [Number(found[1]), Number(found[2])];
	if (major > leastVersion[0] || (major === leastVersion[0] && minor >= leastVersion[1])) return;
	throw new GraphFault(
		'refused',
		`Jarvis needs Neo4j ${leastVersion.join('.')} or later, and the server is ${agent}. Update it.`,
	);
}

function runIn(transaction: ManagedTransaction, signal: AbortSignal): Run {
	return async (cypher, parameters = {}) => {
		signal.throwIfAborted();
		const { records } = await transaction.run(cypher, parameters);
		return records.map((record) => record.toObject());
	};
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		if (signal.aborted) onAbort();
		signal.addEventListener('abort', onAbort, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
	});
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
