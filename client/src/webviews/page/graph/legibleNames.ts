/** A name below its node: `x`, `y` and `radius` of the node in the drawing's units, `letters` how long the name is. */
export interface Named {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
	readonly letters: number;
}

/** Size of names on the screen, whatever the zoom, and about what it makes of one letter. */
export const nameHeight = 11;
const letterWidth = 6.1;
const gap = 2;

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/**
 * Which names can stand without covering another: of two that meet, the one that comes first in `names`. `scale`: pixels
 * of the screen for a unit of the drawing.
 */
export function legibleNames(names: readonly Named[], scale: number): readonly boolean[] {
	const taken: Box[] = [];
	return names.map((name) => {
		const box = boxOf(name, scale);
		if (taken.some((other) => doMeet(box, other))) return false;
		taken.push(box);
		return true;
	});
}

function boxOf({ x, y, radius, letters }: Named, scale: number): Box {
	const half = (letters * letterWidth) / 2 + gap;
	const top = (y + radius) * scale + gap;
	return { left: x * scale - half, right: x * scale + half, top, bottom: top + nameHeight + 2 * gap };
}

function doMeet(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
