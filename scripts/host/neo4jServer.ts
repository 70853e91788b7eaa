import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './freePort.ts';
import { type InstalledNeo4j, installNeo4j } from './installNeo4j.ts';
import { mustRun } from './runCommand.ts';

/** One that has stopped its own database may wait for it for ever. */
const stopTimeoutMs = 60_000;
/** After a kill the server may have to rebuild its indexes first. */
const startTimeoutMs = 180_000;

export interface Neo4jServerOptions {
	/** At least 8 characters, without blanks. */
	readonly password: string;
	/** Folder that its own is made in. */
	readonly directory?: string;
	readonly heapMb?: number;
	readonly pageCacheMb?: number;
	/** Starts with half of the work, and does later work more slowly: for tests, and not for what is measured. */
	readonly startsQuickly?: boolean;
	/** Told before something that takes long. */
	readonly say?: (line: string) => void;
}

/**
 * A real Neo4j Community on a port of this machine, with its data in a temporary folder; it may be stopped or killed
 * and started again on the same data and port. It ends with this process.
 */
export class Neo4jServer {
	readonly uri: string;
	readonly user = 'neo4j';
	readonly password: string;
	readonly #home: string;
	readonly #port: number;
	readonly #installed: InstalledNeo4j;
	readonly #options: Neo4jServerOptions;
	#running: { readonly pid: number; readonly ended: Promise<unknown>; hasEnded: boolean } | undefined;

	private constructor(installed: InstalledNeo4j, port: number, options: Neo4jServerOptions) {
		this.#installed = installed;
		this.#port = port;
		this.#options = options;
		this.#home = mkdtempSync(join(options.directory ?? tmpdir(), 'jarvis-neo4j-'));
		this.uri = `bolt://127.0.0.1:${port}`;
		this.password = options.password;
	}

	/** Installs Neo4j where it is not yet, and starts a server without data. */
	static async start(options: Neo4jServerOptions): Promise<Neo4jServer> {
		const installed = await installNeo4j(options.say ?? (() => {}));
		const server = new Neo4jServer(installed, await freePort(), options);
		try {
			await server.#setInitialPassword();
			await server.start();
		} catch (error) {
			await server.dispose();
			throw error;
		}
		return server;
	}

	get pid(): number | undefined {
		return this.#running?.pid;
	}

	/** Resolves once Bolt answers; `config` are lines of neo4j.conf on top. */
	async start(config: readonly string[] = []): Promise<void> {
		this.#writeConfig(config);
		const { heapMb = 512, startsQuickly = false } = this.#options;
		const child = spawn(
			this.#installed.java,
			[
				...[
					`-Xms${heapMb}m`,
					`-Xmx${heapMb}m`,
					...(startsQuickly ? quickFlags : ['-XX:+UseG1GC']),
					...jvmFlags,
				],
				...['-cp', this.#installed.classPath],
				...['org.neo4j.server.CommunityEntryPoint', `--home-dir=${this.#home}`],
				...[`--config-dir=${this.#configDirectory}`, '--console-mode'],
			],
			{ stdio: ['ignore', 'pipe', 'pipe'] },
		);
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => {
				output = (output + text).slice(-4000);
			});
		const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
		const running = { pid: child.pid ?? -1, ended, hasEnded: false };
		const kill = () => child.kill('SIGKILL');
		process.once('exit', kill);
		void ended.then(() => {
			running.hasEnded = true;
			process.off('exit', kill);
		});
		this.#running = running;
		const deadlineMs = performance.now() + startTimeoutMs;
		while (!(await answersBolt(this.#port))) {
			if (running.hasEnded || performance.now() > deadlineMs) {
				kill();
				throw new Error(`Neo4j did not start:\n${output}`);
			}
			await delay(100);
		}
	}

	/** Asks it to end, as an administrator does, and waits until it has. */
	async stop(): Promise<void> {
		await this.#end('SIGTERM');
	}

	/** Ends it at once, as a failing machine does. */
	async kill(): Promise<void> {
		await this.#end('SIGKILL');
	}

	/** Ends it and removes its data. */
	async dispose(): Promise<void> {
		await this.kill();
		rmSync(this.#home, { recursive: true, force: true });
	}

	async #end(signal: NodeJS.Signals): Promise<void> {
		const running = this.#running;
		if (running === undefined) return;
		this.#running = undefined;
		const send = (signal: NodeJS.Signals) => {
			if (!running.hasEnded && running.pid > 0) process.kill(running.pid, signal);
		};
		send(signal);
		const kill = setTimeout(() => send('SIGKILL'), stopTimeoutMs);
		await running.ended;
		clearTimeout(kill);
	}

	get #configDirectory(): string {
		return join(this.#home, 'conf');
	}

	#writeConfig(config: readonly string[]): void {
		const { pageCacheMb = 128 } = this.#options;
		mkdirSync(this.#configDirectory, { recursive: true });
		const lines = [
			'server.default_listen_address=127.0.0.1',
			`server.bolt.listen_address=127.0.0.1:${this.#port}`,
			`server.bolt.advertised_address=127.0.0.1:${this.#port}`,
			'server.http.enabled=false',
			'server.https.enabled=false',
			`server.memory.pagecache.size=${pageCacheMb}m`,
			'dbms.usage_report.enabled=false',
			// Every stop would wait for ten seconds.
			'internal.dbms.bolt.netty_server_shutdown_quiet_period=0',
			'db.tx_log.preallocate=false',
			...config,
		];
		writeFileSync(join(this.#configDirectory, 'neo4j.conf'), `${lines.join('\n')}\n`);
	}

	async #setInitialPassword(): Promise<void> {
		this.#writeConfig([]);
		// In a file, because everybody can read a command line.
		const file = join(this.#configDirectory, 'initial-password');
		writeFileSync(file, `dbms\nset-initial-password\n${this.password}\n`, { mode: 0o600 });
		try {
			const args = [
				'-Xmx128m',
				...quickFlags,
				'-cp',
				this.#installed.classPath,
				'org.neo4j.cli.AdminTool',
				`@${file}`,
			];
			const env = { ...process.env, NEO4J_HOME: this.#home, NEO4J_CONF: this.#configDirectory };
			await mustRun(this.#installed.java, args, { env, name: 'set-initial-password' });
		} finally {
			rmSync(file, { force: true });
		}
	}
}

/** No second compilation of what has run often, and one thread to collect garbage. */
const quickFlags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** Of those that Neo4j's own launcher sets, the ones that it does not run without, or not as well. */
const jvmFlags = [
	'-XX:+ExitOnOutOfMemoryError',
	'-XX:-OmitStackTraceInFastThrow',
	...['java.nio', 'java.io', 'sun.nio.ch'].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
	'-Dio.netty.tryReflectionSetAccessible=true',
	'-Dlog4j2.disable.jmx=true',
	'-Dfile.encoding=UTF-8',
];

/** Whether a Bolt handshake is answered: a port is open before that. */
function answersBolt(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = createConnection({ host: '127.0.0.1', port });
		const finish = (answers: boolean) => {
			socket.destroy();
			resolve(answers);
		};
		socket.setTimeout(1000, () => finish(false));
		socket.once('error', () => finish(false)).once('close', () => finish(false));
		// The magic number, then the versions offered: 5.8 down to 5.0, 4.4, and none twice.
		socket.once('connect', () =>
			socket.write(Buffer.from('6060b01700080805000004040000000000000000', 'hex')),
		);
		socket.once('data', (answer) => finish(answer.length >= 4 && answer.readUInt32BE(0) !== 0));
	});
}
