import { expect, test } from 'vitest';
import { Notices } from '../../../server/src/services/notices.ts';

test('what is said twice is heard once', () => {
	const notices = new Notices();
	const heard: string[] = [];
	notices.listen((message) => heard.push(message));
	notices.say('a');
	notices.say('b');
	notices.say('a');
	expect(heard).toEqual(['a', 'b']);
});

test('what was said before anybody listened is heard by the first who does, and by no other', () => {
	const notices = new Notices();
	notices.say('early');
	const first: string[] = [];
	const second: string[] = [];
	notices.listen((message) => first.push(message));
	notices.listen((message) => second.push(message));
	notices.say('late');
	expect({ first, second }).toEqual({ first: ['early', 'late'], second: ['late'] });
});
