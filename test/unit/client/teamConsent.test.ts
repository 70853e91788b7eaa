import { expect, test } from 'vitest';
import { agreedTeam, TeamConsent } from '../../../client/src/teamConsent.ts';

type Answer = 'share' | 'turnOff' | undefined;

/** A window whose user gives these answers in turn. */
function aWindow(answers: readonly Answer[], removes = false) {
	const kept = new Map<string, unknown>();
	const said: string[] = [];
	const window = {
		said,
		wanted: undefined as string | undefined,
		memento: {
			get: <T>(key: string) => kept.get(key) as T | undefined,
			update: async (key: string, value: unknown) => void kept.set(key, value),
		},
		get agreed() {
			return agreedTeam(this.memento);
		},
	};
	const rest = [...answers];
	const consent = new TeamConsent({
		kept: window.memento,
		wanted: () => window.wanted,
		ask: async (address) => {
			said.push(`share on ${address}?`);
			return rest.shift();
		},
		turnOff: async () => {
			window.wanted = undefined;
		},
		offerRemoval: async (address) => {
			said.push(`remove from ${address}?`);
			return removes;
		},
		remove: async () => void said.push('removed'),
		changed: () => said.push(`sharing on ${window.agreed}`),
	});
	return { window, consent };
}

test('nothing is asked where no settings want it', async () => {
	const { window, consent } = aWindow([]);
	await consent.consider();
	expect([window.said, window.agreed]).toEqual([[], undefined]);
});

test('a yes is kept, for the one server', async () => {
	const { window, consent } = aWindow(['share', undefined]);
	window.wanted = 'bolt://a';
	await consent.consider();
	await consent.consider();
	expect([window.said, window.agreed]).toEqual([['share on bolt://a?', 'sharing on bolt://a'], 'bolt://a']);
	window.wanted = 'bolt://b';
	await consent.consider();
	expect(window.said.slice(2)).toEqual(['share on bolt://b?']);
	expect(window.agreed).toBe('bolt://a');
});

test('without an answer nothing is shared, and it is not asked again before something changes', async () => {
	const { window, consent } = aWindow([undefined, 'share']);
	window.wanted = 'bolt://a';
	await consent.consider();
	await consent.consider();
	expect([window.said, window.agreed]).toEqual([['share on bolt://a?'], undefined]);
	window.wanted = undefined;
	await consent.consider();
	window.wanted = 'bolt://a';
	await consent.consider();
	expect(window.agreed).toBe('bolt://a');
});

test('turned off in the dialog, there is nothing to remove', async () => {
	const { window, consent } = aWindow(['turnOff']);
	window.wanted = 'bolt://a';
	await consent.consider();
	expect([window.said, window.agreed, window.wanted]).toEqual([['share on bolt://a?'], undefined, undefined]);
});

test.each([
	[true, ['remove from bolt://a?', 'removed']],
	[false, ['remove from bolt://a?']],
])('turned off in the settings, removal is offered once: %s', async (removes, expected) => {
	const { window, consent } = aWindow(['share', 'share'], removes);
	window.wanted = 'bolt://a';
	await consent.consider();
	window.said.length = 0;
	window.wanted = undefined;
	await consent.consider();
	await consent.consider();
	expect([window.said, window.agreed]).toEqual([expected, undefined]);
	window.wanted = 'bolt://a';
	await consent.consider();
	expect(window.said.at(-2)).toBe('share on bolt://a?');
});

test('settings that name another server while the user is asked are asked about anew', async () => {
	const { window, consent } = aWindow(['share', 'share']);
	window.wanted = 'bolt://a';
	const asking = consent.consider();
	window.wanted = 'bolt://b';
	await consent.consider();
	await asking;
	expect(window.said).toEqual(['share on bolt://a?', 'share on bolt://b?', 'sharing on bolt://b']);
});

test('who turned it off and on again is asked again, however soon', async () => {
	const { window, consent } = aWindow(['turnOff', 'share']);
	window.wanted = 'bolt://a';
	await consent.consider();
	window.wanted = 'bolt://a';
	await consent.consider();
	expect(window.said).toEqual(['share on bolt://a?', 'share on bolt://a?', 'sharing on bolt://a']);
});
