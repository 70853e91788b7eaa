import { expect, test } from 'vitest';
import { NotificationType } from 'vscode-jsonrpc';
import { Hearing } from '../../../server/src/services/doors/hearing.ts';

const Step = new NotificationType<{ readonly at: number }>('test/step');

test('who listens while something runs hears of that, and of nothing after it', async () => {
	const hearing = new Hearing();
	const heard: number[] = [];
	const run = async () => {
		hearing.tell(Step.method, { at: 1 });
		hearing.tell('test/other', { at: 2 });
		throw new Error('broken off');
	};
	await expect(hearing.during(Step, ({ at }) => heard.push(at), run)).rejects.toThrow('broken off');
	hearing.tell(Step.method, { at: 3 });
	expect(heard).toEqual([1]);
});

test('what several leaders tell alike is heard once, and again after something else', () => {
	const hearing = new Hearing();
	const heard: number[] = [];
	hearing.listenToChanges(Step, ({ at }) => heard.push(at));
	for (const at of [1, 1, 2, 1]) hearing.tell(Step.method, { at });
	expect(heard).toEqual([1, 2, 1]);
});
