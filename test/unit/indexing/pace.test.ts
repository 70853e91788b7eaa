import { expect, test } from 'vitest';
import { Pace } from '../../../server/src/services/indexing/pace.ts';
import { readSettings } from '../../../server/src/settings/read.ts';

interface Given {
	readonly typedMsAgo?: number;
	readonly others?: number;
	readonly battery?: boolean;
	readonly settings?: Readonly<Record<string, unknown>>;
	/** At a command line nobody is spared. */
	readonly alone?: boolean;
	readonly workMs?: number;
}

function pace({ typedMsAgo, others = 0, battery = false, settings = {}, alone = false }: Given): Pace {
	let now = 100_000;
	const machine = { othersShare: () => others, isOnBattery: () => battery };
	const made = new Pace({
		clock: { now: () => now },
		settings: () => readSettings(settings).settings,
		...(alone ? {} : { machine }),
	});
	if (typedMsAgo !== undefined) {
		made.noteTyping();
		now += typedMsAgo;
	}
	return made;
}

function check(given: Given, restMs: number): void {
	expect(pace(given).restMs(given.workMs ?? 500)).toBe(restMs);
}

test('at idle all time is worked', () => check({}, 0));
test('while the user types there is a pause', () => check({ typedMsAgo: 900 }, 100));
test('the pause is as long as the setting says', () =>
	check({ typedMsAgo: 0, settings: { 'indexing.pauseMs': 700 } }, 700));
test('a second after the last key the user types no more', () => check({ typedMsAgo: 1000 }, 0));

test('beside a build a quarter of the time is worked', () => check({ others: 0.8 }, 1500));
test('beside programs that leave a third of the machine all time is worked', () =>
	check({ others: 0.66 }, 0));
test('no rest is longer than five seconds', () => check({ others: 1, workMs: 60_000 }, 5000));
test('the user may want full speed beside a build', () =>
	check({ others: 1, settings: { 'indexing.whenBusy': 'fullSpeed' } }, 0));

test('on battery half of the time is worked', () => check({ battery: true }, 500));
test('the user may want full speed on battery', () =>
	check({ battery: true, settings: { 'indexing.onBattery': 'fullSpeed' } }, 0));
test('the longest of all rests counts', () => check({ battery: true, others: 0.9, typedMsAgo: 0 }, 1500));

test('at a command line neither other programs nor the battery count', () =>
	check({ alone: true, battery: true, others: 1 }, 0));

test('where the user says so the model waits for the mains', () => {
	const settings = { 'indexing.onBattery': 'pause' };
	expect(pace({ battery: true, settings }).waitsForMains).toBe(true);
	expect(pace({ battery: false, settings }).waitsForMains).toBe(false);
	expect(pace({ battery: true }).waitsForMains).toBe(false);
	expect(pace({ battery: true, settings, alone: true }).waitsForMains).toBe(false);
});
