/** One number for a passage of any folder, so that ranking need not know of folders. */
export interface PassageKeys {
	keyOf(folderAt: number, passageId: number): number;
	folderAt(key: number): number;
	passageOf(key: number): number;
}

/** Keys for `count` folders. */
export function passageKeys(count: number): PassageKeys {
	return {
		keyOf: (folderAt, passageId) => passageId * count + folderAt,
		folderAt: (key) => key % count,
		passageOf: (key) => Math.floor(key / count),
	};
}
