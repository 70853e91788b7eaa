import type { SearchParams } from '../../protocol/search.ts';
import type { Settings } from '../../settings/schema.ts';

/** Notes on the page that is asked for: by `search.limit` on the first, by `search.pageSize` on each after it. */
export function pageLimit(
	{ offset = 0, limit }: Pick<SearchParams, 'offset' | 'limit'>,
	settings: Settings,
): number {
	return limit ?? settings[offset === 0 ? 'search.limit' : 'search.pageSize'];
}
