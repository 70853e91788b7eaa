import type { Settings } from '../../../settings/schema.ts';
import type { Engine } from '../../engine.ts';
import type { FolderDoors } from '../folderDoors.ts';

/** Who answers for the folders of a workspace: `engine` for those led here, for the others whoever leads them. */
export interface Answerers {
	readonly engine: Engine;
	readonly doors: FolderDoors;
	readonly settings: () => Settings;
}
