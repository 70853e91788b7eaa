import { expect, test } from 'vitest';
import { isFailure, isWorthRetrying, reasons, remedyFor } from '../../../server/src/core/indexing/reasons.ts';

test.each([
	[reasons.tooLarge(6_000_000), false, false, /Split/],
	[reasons.notText, false, false, /UTF-8/],
	[reasons.unreadable('EACCES'), true, true, /rights/],
	[reasons.unparsable('a bug'), true, false, /unusual/],
	[reasons.tooSlow, true, false, /unusual/],
	[reasons.killedParser('out of memory'), true, false, /unusual/],
])('%s: a failure %s, tried again %s', (reason, failed, retried, remedy) => {
	expect([isFailure(reason), isWorthRetrying(reason)]).toEqual([failed, retried]);
	expect(remedyFor(reason)).toMatch(remedy);
});
