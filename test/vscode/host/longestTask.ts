import { type Profiler, Session } from 'node:inspector/promises';
import { pathToFileURL } from 'node:url';

const sampleEveryMicroseconds = 500;

/**
 * The sampler's signal interrupts code and system calls alike, so in a longer gap the thread had no processor: other
 * processes had it, a few milliseconds at a time. The one gap of our own is the start of a process, when signals are
 * blocked for about 10 ms, of which this counts the half.
 */
const longestGapMicroseconds = 5_000;

/** Records what this process (the extension host) computes until `work` is done. */
export async function profileUntil(work: () => Promise<void>): Promise<Profiler.Profile> {
	const session = new Session();
	session.connect();
	try {
		await session.post('Profiler.enable');
		await session.post('Profiler.setSamplingInterval', { interval: sampleEveryMicroseconds });
		await session.post('Profiler.start');
		await work();
		return (await session.post('Profiler.stop')).profile;
	} finally {
		session.disconnect();
	}
}

/**
 * The longest time without a break that code below `folder` was on the stack.
 *
 * A plain measurement of the event loop's delay would blame us for VS Code's own tasks, for other extensions and for a
 * busy machine. A sampled profile tells whose frames were on the stack at each moment. It errs against us: what the
 * engine does without a frame (collect garbage, compile) counts as ours after our code, and tasks of ours that follow
 * each other without a sample between them count as one.
 */
export function longestTaskMs(
	{ nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
	folder: string,
): { readonly longestMs: number; readonly samples: number; readonly busiest: string } {
	const ours = nodesBelow(nodes, pathToFileURL(folder).href, folder);
	const frameless = new Set(nodes.filter(isFrameless).map(({ id }) => id));
	const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName || '(anonymous)']));
	let longest = 0;
	let current = 0;
	let count = 0;
	let inTask = new Map<string, number>();
	let busiest = inTask;
	for (const [at, node] of samples.entries()) {
		const isOurs = ours.has(node);
		if (isOurs) count++;
		// The time until the next sample belongs to this one.
		const time = Math.min(timeDeltas[at + 1] ?? 0, longestGapMicroseconds);
		const goesOn = isOurs || (current > 0 && frameless.has(node));
		current = goesOn ? current + time : 0;
		if (!goesOn) inTask = new Map();
		else inTask.set(names.get(node)!, (inTask.get(names.get(node)!) ?? 0) + time / 1000);
		if (current > longest) {
			longest = current;
			busiest = inTask;
		}
	}
	return { longestMs: longest / 1000, samples: count, busiest: describe(busiest) };
}

/** The functions that took most of a task, for whoever has to shorten it. */
function describe(times: ReadonlyMap<string, number>): string {
	const most = [...times].sort(([, a], [, b]) => b - a).slice(0, 6);
	return most.map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join(', ');
}

function isFrameless({ callFrame: { functionName } }: Profiler.ProfileNode): boolean {
	return functionName === '(garbage collector)' || functionName === '(program)';
}

/** Ids of the nodes whose stack holds a frame of a script below the folder. */
function nodesBelow(nodes: readonly Profiler.ProfileNode[], url: string, path: string): ReadonlySet<number> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const ours = new Set<number>();
	const add = (node: Profiler.ProfileNode) => {
		ours.add(node.id);
		for (const id of node.children ?? []) add(byId.get(id)!);
	};
	for (const node of nodes) {
		const script = node.callFrame.url;
		if (!ours.has(node.id) && (script.startsWith(url) || script.startsWith(path))) add(node);
	}
	return ours;
}
