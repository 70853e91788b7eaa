import type { ListItem, Nodes } from 'mdast';

/** What a reader sees of a node: no marks, no addresses; soft line ends stay, so that lines can be told. */
export function plainText(node: Nodes): string {
	switch (node.type) {
		case 'text':
			return readable(node.value);
		case 'inlineCode':
		case 'code':
			return node.value;
		case 'image':
		case 'imageReference':
			return node.alt ?? '';
		case 'break':
			return '\n';
		case 'html':
			return stripTags(node.value);
		case 'yaml':
		case 'definition':
		case 'footnoteReference':
		case 'thematicBreak':
			return '';
		case 'list':
			return node.children.map((item) => listItemText(item)).join('\n');
		case 'tableRow':
			return node.children.map(plainText).join(' | ');
		default:
			return 'children' in node ? node.children.map(plainText).join(isContainer(node) ? '\n' : '') : '';
	}
}

/** A list item on lines of its own, what is nested in it set in. */
export function listItemText(item: ListItem): string {
	const text = item.children.map(plainText).join('\n');
	return `- ${text.replaceAll('\n', '\n  ')}`;
}

function isContainer({ type }: Nodes): boolean {
	return ['root', 'blockquote', 'footnoteDefinition', 'table', 'listItem'].includes(type);
}

/** `[[note|words]]` reads as the words, `[[note#Part]]` as note and part; block ids and comments do not read. */
function readable(text: string): string {
	return text
		.replace(/!?\[\[([^[\]]*)\]\]/g, (_link, inside: string) => {
			const [name = '', ...alias] = inside.split('|');
			return alias.length > 0 ? alias.join('|') : name.replace(/#\^.*$|^#/, '').replace('#', ' > ');
		})
		.replace(/%%[\s\S]*?%%/g, '')
		.replace(/ \^[\w-]+$/gm, '');
}

function stripTags(html: string): string {
	return html
		.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
		.replace(/<[^>]*>/g, '')
		.trim();
}
