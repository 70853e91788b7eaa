import type { RequestType } from 'vscode-jsonrpc';
import { ExplainSearch, type SearchExplanation } from '../../../protocol/explainSearch.ts';
import type { SearchParams } from '../../../protocol/search.ts';
import type { Instruments } from '../../profiling/instruments.ts';
import type { Door } from '../door.ts';
import type { Answerers } from './answerers.ts';
import { placed } from './placed.ts';

/**
 * Asks each process that leads a folder once, of itself: this one first, where it leads one or none is led elsewhere; at
 * most so many of them.
 */
export function askLeaders<P, R>(
	{ engine, doors }: Answerers,
	instruments: Pick<Instruments, 'answer'>,
	type: RequestType<P, R, void>,
	params: P,
	signal: AbortSignal,
	most = Number.POSITIVE_INFINITY,
): Promise<readonly R[]> {
	const home = doors.home();
	const away = new Map(doors.away().map((door) => [leaderOf(door), door]));
	const isAsked = home.length > 0 || away.size === 0;
	const own = () => instruments.answer(engine, home, type.method, params, signal) as Promise<R>;
	const others = [...away.values()].map((door) => () => door.ask(type, () => params as NoInfer<P>, signal));
	return Promise.all([...(isAsked ? [own] : []), ...others].slice(0, most).map((ask) => ask()));
}

/** See `explainSearch`; one of each process that leads a folder. */
export async function explainAll(
	answerers: Answerers,
	instruments: Pick<Instruments, 'answer'>,
	params: SearchParams,
	signal: AbortSignal,
): Promise<readonly SearchExplanation[]> {
	const answers = await askLeaders(answerers, instruments, ExplainSearch, params, signal);
	const away = answerers.doors.away();
	return answers
		.flatMap(({ parts }) => parts)
		.map((part) => {
			const door = away.find((each) => leaderOf(each) === part.pid);
			if (door === undefined) return part;
			return { ...part, result: { ...part.result, hits: part.result.hits.map((hit) => placed(door, hit)) } };
		});
}

function leaderOf({ state, id }: Door): number | string {
	return state.kind === 'attached' ? state.leader.pid : id.uri;
}
