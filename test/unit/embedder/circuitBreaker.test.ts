import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CircuitBreaker } from '../../../server/src/adapters/embedder/circuitBreaker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = () => new CircuitBreaker({ mostFailures: 3, restMs: 1000 });

test('only failures in a row are too many', () => {
	const breaker = open();
	expect([breaker.fail(), breaker.fail()]).toEqual([false, false]);
	breaker.succeed();
	expect([breaker.fail(), breaker.fail(), breaker.fail()]).toEqual([false, false, true]);
});

test('once opened it rests for its time, and the failures before count no more', () => {
	const breaker = open();
	breaker.fail();
	breaker.fail();
	expect(breaker.isOpen).toBe(false);
	breaker.open();
	vi.advanceTimersByTime(999);
	expect(breaker.isOpen).toBe(true);
	vi.advanceTimersByTime(1);
	expect(breaker.isOpen).toBe(false);
	expect(breaker.fail()).toBe(false);
});
