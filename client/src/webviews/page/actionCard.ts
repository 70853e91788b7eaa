import type { Language } from '../../language.ts';
import type { Action } from '../dashboard/messages.ts';
import { card } from './card.ts';
import { element } from './dom.ts';

/** Buttons for upkeep. */
export function actionCard(
	actions: readonly Action[],
	run: (command: string) => void,
	language: Language,
): HTMLElement {
	const { root, body } = card('upkeep', language.t('Upkeep'));
	const rows = actions.map(({ command, label, detail }) => {
		const hint = `${command.replace('.', '-')}-detail`;
		const button = element('button', { type: 'button', class: 'secondary', 'aria-describedby': hint }, label);
		button.addEventListener('click', () => run(command));
		return element('li', {}, button, element('span', { id: hint }, detail));
	});
	body.root.append(element('ul', { class: 'actions' }, ...rows));
	return root;
}
