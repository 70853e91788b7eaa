import { setTimeout as delay } from 'node:timers/promises';
import {
	type LoadTestParams,
	type LoadTestResult,
	loadBounds,
	type UserLoad,
} from '../../protocol/benchmark.ts';
import { describeTimes } from './timeStatistics.ts';

/** One user's connection, as a second window has it. */
export interface LoadUser {
	search(question: string, signal: AbortSignal): Promise<void>;
	leave(): void;
}

const shownFailures = 10;

/** Bounds what was asked for, by `loadBounds`. */
export function boundLoad({ users = 5, seconds = 60, thinkSeconds = [1, 5] }: LoadTestParams): {
	readonly users: number;
	readonly seconds: number;
	readonly thinkSeconds: readonly [number, number];
} {
	const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
	const [from, to] = thinkSeconds.map((value) => within(value, 0, loadBounds.seconds.most)) as [
		number,
		number,
	];
	return {
		users: Math.round(within(users, loadBounds.users.least, loadBounds.users.most)),
		seconds: within(seconds, loadBounds.seconds.least, loadBounds.seconds.most),
		thinkSeconds: [Math.min(from, to), Math.max(from, to)],
	};
}

/**
 * Lets `users` search for `seconds`, each after thinking for a random while, all at once. A search that is under way at the
 * end is waited for. Throws on abort, and where no user can connect.
 */
export async function loadTest(
	params: LoadTestParams,
	questions: readonly string[],
	connect: () => Promise<LoadUser>,
	onProgress: (share: number) => void,
	signal: AbortSignal,
): Promise<Omit<LoadTestResult, 'notesIndexed'>> {
	const { users, seconds, thinkSeconds } = boundLoad(params);
	const connected: LoadUser[] = [];
	const failures = new Map<string, number>();
	try {
		for (let user = 0; user < users; user++) connected.push(await connect());
		const beganMs = performance.now();
		const endMs = beganMs + seconds * 1000;
		const watch = setInterval(
			() => onProgress(Math.min(1, (performance.now() - beganMs) / (seconds * 1000))),
			500,
		);
		try {
			const byUser = await Promise.all(
				connected.map((user, at) => use(user, at, { endMs, thinkSeconds, questions, failures }, signal)),
			);
			return summarize(byUser, (performance.now() - beganMs) / 1000, failures);
		} finally {
			clearInterval(watch);
		}
	} finally {
		for (const user of connected) user.leave();
	}
}

interface Session {
	readonly endMs: number;
	readonly thinkSeconds: readonly [number, number];
	readonly questions: readonly string[];
	readonly failures: Map<string, number>;
}

interface UserTimes {
	readonly times: readonly number[];
	readonly errors: number;
}

async function use(
	user: LoadUser,
	at: number,
	{ endMs, thinkSeconds: [least, most], questions, failures }: Session,
	signal: AbortSignal,
): Promise<UserTimes> {
	const times: number[] = [];
	let errors = 0;
	for (let asked = at; ; asked++) {
		const thinkMs = (least + Math.random() * (most - least)) * 1000;
		if (performance.now() + thinkMs >= endMs) return { times, errors };
		await delay(thinkMs, undefined, { signal });
		const startMs = performance.now();
		try {
			await user.search(questions[asked % questions.length]!, signal);
			times.push(performance.now() - startMs);
		} catch (error) {
			signal.throwIfAborted();
			errors++;
			const reason = error instanceof Error ? error.message : String(error);
			failures.set(reason, (failures.get(reason) ?? 0) + 1);
		}
	}
}

function summarize(
	byUser: readonly UserTimes[],
	seconds: number,
	failures: ReadonlyMap<string, number>,
): Omit<LoadTestResult, 'notesIndexed'> {
	const times = byUser.flatMap((user) => user.times);
	const errors = byUser.reduce((sum, user) => sum + user.errors, 0);
	const searches = times.length + errors;
	const latency = describeTimes(times);
	return {
		users: byUser.length,
		seconds,
		searches,
		errors,
		errorRate: searches === 0 ? 0 : errors / searches,
		searchesPerSecond: searches / seconds,
		...(latency === undefined ? {} : { latency }),
		byUser: byUser.map(describeUser),
		failures: [...failures]
			.sort((a, b) => b[1] - a[1])
			.slice(0, shownFailures)
			.map(([reason, count]) => ({ reason, count })),
	};
}

function describeUser({ times, errors }: UserTimes, user: number): UserLoad {
	const described = describeTimes(times);
	return {
		user: user + 1,
		searches: times.length + errors,
		errors,
		...(described === undefined
			? {}
			: { meanMs: described.mean, p95Ms: described.p95, maxMs: described.max }),
	};
}
