import type { Language } from '../../../language.ts';
import type { FromGraphPage, ToGraphPage } from '../../graph/messages.ts';
import { element } from '../dom.ts';
import { filters } from './filters.ts';
import type { PlacedNode } from './layout.ts';
import { nodeList } from './nodeList.ts';
import { showNodeMenu } from './nodeMenu.ts';
import { Picture } from './picture.ts';
import { aloneText, stateText, summary } from './texts.ts';

/** All of the page; made once the extension has said in which language. */
export class GraphPage {
	readonly #language: Language;
	readonly #main: HTMLElement;
	readonly #title = element('h1');
	readonly #summary = element('p', { class: 'aside', role: 'status' });
	readonly #notice = element('p', { class: 'notice' });
	readonly #regarded = element('p', { class: 'regarded', 'aria-hidden': 'true' });
	readonly #filters: ReturnType<typeof filters>;
	readonly #list: ReturnType<typeof nodeList>;
	readonly #picture: Picture;

	constructor(main: HTMLElement, language: Language, send: (message: FromGraphPage) => void) {
		const { t } = language;
		this.#language = language;
		this.#main = main;
		const actions = {
			open: (id: string) => send({ kind: 'open', id }),
			centre: (id: string) => send({ kind: 'centre', id }),
		};
		this.#filters = filters((choice) => send({ kind: 'choose', choice }), language);
		this.#list = nodeList(actions, language);
		this.#picture = new Picture(language, {
			...actions,
			showMenu: (node, at, opener) => showNodeMenu(node, at, opener, actions, language),
			regard: (node) => this.#regard(node),
		});
		this.#list.root.hidden = true;
		const head = element(
			'header',
			{ class: 'top' },
			element('div', { class: 'names' }, this.#title, this.#summary),
			this.#filters.root,
		);
		const keys = element(
			'p',
			{ class: 'keys aside' },
			t('Arrow keys move, Enter opens, Space centres, the context menu key offers both.'),
		);
		const stage = element(
			'div',
			{ class: 'stage' },
			this.#picture.root,
			this.#notice,
			this.#regarded,
			this.#tools(),
			keys,
		);
		main.replaceChildren(head, element('div', { class: 'content' }, stage, this.#list.root));
		this.#say('starting');
	}

	tell(message: ToGraphPage & { readonly kind: 'state' | 'drawing' }): void {
		if (message.kind === 'state') return this.#say(message.state, message.reason);
		const { drawing, choice } = message;
		const { t } = this.#language;
		const title = drawing.nodes[0]?.title ?? '';
		this.#main.classList.remove('empty');
		this.#title.textContent = title;
		this.#summary.textContent = summary(drawing, this.#language);
		this.#notice.textContent = aloneText(drawing, choice.hiddenKinds, this.#language);
		this.#filters.update(drawing, choice);
		this.#list.update(drawing);
		this.#picture.root.setAttribute('aria-label', t('Graph around {0}', title));
		this.#picture.show(drawing);
	}

	#say(...[state, reason]: [Parameters<typeof stateText>[0], string?]): void {
		this.#main.classList.add('empty');
		this.#title.textContent = this.#language.t('Graph');
		this.#summary.textContent = '';
		this.#notice.textContent = stateText(state, reason, this.#language);
		this.#picture.clear();
	}

	#tools(): HTMLElement {
		const { t } = this.#language;
		const button = (sign: string, name: string, run: () => void) => {
			const made = element('button', { type: 'button', 'aria-label': name, title: name }, sign);
			made.addEventListener('click', run);
			return made;
		};
		const list = element('button', { type: 'button', 'aria-expanded': 'false' }, t('List'));
		list.addEventListener('click', () => {
			this.#list.root.hidden = !this.#list.root.hidden;
			list.setAttribute('aria-expanded', String(!this.#list.root.hidden));
		});
		return element(
			'div',
			{ class: 'tools' },
			button('−', t('Zoom Out'), () => this.#picture.zoomBy(1 / 1.4)),
			button('+', t('Zoom In'), () => this.#picture.zoomBy(1.4)),
			button('⤢', t('Show All'), () => this.#picture.frame()),
			list,
		);
	}

	/** The whole name and place of what is pointed at. */
	#regard(placed: PlacedNode | undefined): void {
		const node = placed?.node;
		this.#regarded.textContent = node === undefined ? '' : (node.path ?? node.title);
	}
}
