import { expect, test } from 'vitest';
import { modelCost, modelItem } from '../../../client/src/views/modelItems.ts';
import type { ModelOffer } from '../../../server/src/protocol/models.ts';
import { english } from './english.ts';

const offer: ModelOffer = {
	name: 'balanced',
	modelId: 'bge',
	repository: 'owner/bge',
	state: 'absent',
	languages: 'English',
	isWanted: false,
	bytes: 34_725_822,
	isHashKnown: true,
	passagesAhead: 9875,
	seconds: 640,
};

test('a model shows where it stands, its size, its languages and what it would cost', () => {
	expect(modelItem(offer, english)).toEqual({
		label: 'balanced',
		description: 'to be downloaded · 33.1 MB · English',
		detail: 'owner/bge · 9,875 passages to read, about 11 min',
	});
});

test('where there is nothing to read, nothing is said of reading', () => {
	expect(modelItem({ ...offer, passagesAhead: 0 }, english).detail).toBe('owner/bge');
	expect(modelCost({ ...offer, passagesAhead: 0 }, english)).not.toMatch(/read|undefined/);
});

test('the model in use is marked, and costs nothing', () => {
	const { label, detail } = modelItem({ ...offer, state: 'fetched', isWanted: true }, english);
	expect([label, detail]).toEqual(['$(check) balanced', 'owner/bge']);
});

test('before a download, size, trust and time are told', () => {
	expect(modelCost(offer, english)).toBe(
		[
			'owner/bge is downloaded: 33.1 MB.',
			'Its files are checked by their known SHA-256.',
			'9,875 passages to read, about 11 min.',
			'Search goes on with the model of now until then. Changing back costs nothing.',
		].join('\n\n'),
	);
});

test('bytes that are not known are said to be trusted at first', () => {
	const { bytes: _bytes, seconds: _seconds, ...unknown } = offer;
	const text = modelCost({ ...unknown, isHashKnown: false }, english);
	expect(text).toContain('a size that is not known here');
	expect(text).toContain('the first download is trusted, recorded, and checked ever after');
	expect(text).toContain('for a time that is not known yet');
});

test('changing back to a model that has read everything costs nothing', () => {
	expect(modelCost({ ...offer, state: 'fetched', passagesAhead: 0 }, english)).toBe(
		'It has read every passage already.',
	);
});
