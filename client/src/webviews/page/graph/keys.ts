interface Place {
	readonly x: number;
	readonly y: number;
}

const directions: Readonly<Record<string, Place>> = {
	ArrowRight: { x: 1, y: 0 },
	ArrowLeft: { x: -1, y: 0 },
	ArrowDown: { x: 0, y: 1 },
	ArrowUp: { x: 0, y: -1 },
};

/**
 * The node that an arrow key leads to: of those on that side the one that is nearest, where what is off to the side
 * counts twice. `undefined` where there is none, or where the key is no arrow.
 */
export function nodeTowards<T extends Place>(key: string, from: T, nodes: readonly T[]): T | undefined {
	const direction = directions[key];
	if (direction === undefined) return undefined;
	let found: T | undefined;
	let least = Number.POSITIVE_INFINITY;
	for (const node of nodes) {
		const [dx, dy] = [node.x - from.x, node.y - from.y];
		const ahead = dx * direction.x + dy * direction.y;
		const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
		// No farther to the side than ahead: else the other arrow leads there.
		if (node === from || ahead <= 0 || aside > ahead) continue;
		const distance = ahead + 2 * aside;
		if (distance >= least) continue;
		[found, least] = [node, distance];
	}
	return found;
}
