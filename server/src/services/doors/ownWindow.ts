import type { Leader } from '../../ports/door.ts';
import type { NotePath } from '../../ports/files.ts';
import { BufferChanged, ModelsChanged, type PathChange, PathsChanged, Typing } from '../../protocol/door.ts';
import type { DoorState } from './doorParts.ts';
import type { SharedBuffers } from './sharedBuffers.ts';

/** What happens in this process's own window, told to whoever leads the index: the folder here, or a leader elsewhere. */
export class OwnWindow {
	readonly #buffers: SharedBuffers;
	readonly #state: () => DoorState;

	/** `buffers` holds the texts of other windows besides, where this process leads. */
	constructor(buffers: SharedBuffers, state: () => DoorState) {
		this.#buffers = buffers;
		this.#state = state;
	}

	/** The text on screen of an open note; `undefined` when it is closed. */
	setBuffer(path: NotePath, text: string | undefined): void {
		// Shown again is not edited: a text that another window has typed meanwhile goes on counting.
		if (text !== undefined && this.#buffers.textOf(this, path) === text) return;
		const current = this.#buffers.set(this, path, text);
		const state = this.#state();
		if (state.kind === 'leads') state.folder.setBuffer(path, current);
		if (state.kind === 'attached') tellBuffer(state.leader, path, text);
	}

	/** Tells who has come to lead of all texts on screen here. */
	introduce(): void {
		const state = this.#state();
		for (const path of this.#buffers.pathsOf(this)) {
			const text = this.#buffers.current(path);
			if (state.kind === 'leads') state.folder.setBuffer(path, text);
			if (state.kind === 'attached') tellBuffer(state.leader, path, text);
		}
	}

	noteTyping(): void {
		const state = this.#state();
		if (state.kind === 'leads') state.folder.indexer?.noteTyping();
		if (state.kind === 'attached') state.leader.tell(Typing.method, {});
	}

	pathsChanged(changes: readonly PathChange[]): void {
		const state = this.#state();
		if (state.kind === 'leads') state.folder.filesChanged(changes);
		if (state.kind === 'attached') state.leader.tell(PathsChanged.method, { changes });
	}

	/** Models were fetched here: a leader elsewhere may wait for one of them. */
	modelsChanged(): void {
		const state = this.#state();
		if (state.kind === 'attached') state.leader.tell(ModelsChanged.method, {});
	}
}

function tellBuffer(leader: Leader, path: NotePath, text: string | undefined): void {
	leader.tell(BufferChanged.method, text === undefined ? { path } : { path, text });
}
