import { closeness } from '../../core/graph/closeness.ts';
import { communitiesOf } from '../../core/graph/communities.ts';
import { EmbeddedGraph } from '../../core/graph/embeddedGraph.ts';
import { graphOfImage, imageOf } from '../../core/graph/graphImage.ts';
import type { GraphTables } from '../../core/graph/graphTables.ts';
import { type HubsAndAuthorities, hubsAndAuthorities } from '../../core/graph/hits.ts';
import { type NoteLinks, noteLinksOf } from '../../core/graph/noteLinks.ts';
import { pageRank } from '../../core/graph/pageRank.ts';
import { tablesOfNotes } from '../../core/graph/tablesOfNotes.ts';
import type { LinkChanges } from '../../core/links/linkChanges.ts';
import { Slices } from '../../core/slices.ts';
import type { GraphNote, NodeId } from '../../ports/graph.ts';

/** Where the graph learns of links. */
export interface ChangingLinks {
	/** All that changes from now on. */
	followChanges(): Pick<LinkChanges, 'take' | 'skip'>;
}

/** Notes whose links are read in one go. */
const batch = 500;
/** Links that nobody wrote: they say where a note stands in a hierarchy, and not that it matters. */
const implied = ['parent'];
const never = new AbortController().signal;

/** How notes stand by the links that people wrote: see `pageRank` and `hubsAndAuthorities`. */
export interface Standing extends HubsAndAuthorities {
	readonly tables: GraphTables;
	readonly links: NoteLinks;
	readonly pageRank: Float64Array;
}

/** The graph of one folder: follows its links when it is asked, so that indexing pays nothing for it. */
export class FolderGraph {
	readonly #changes: Pick<LinkChanges, 'take' | 'skip'>;
	readonly #graph = new EmbeddedGraph();
	#following: Promise<void> = Promise.resolve();
	#standing: { readonly version: number; readonly value: Promise<Standing> } | undefined;
	#communities: { readonly version: number; readonly value: Promise<Uint32Array> } | undefined;

	constructor(links: ChangingLinks) {
		this.#changes = links.followChanges();
	}

	/** The graph of the links as they are now. */
	async current(): Promise<EmbeddedGraph> {
		const following = this.#following.then(() => this.#follow());
		this.#following = following.catch(() => {});
		await following;
		return this.#graph;
	}

	/** Whether anybody has asked for it. */
	get isMade(): boolean {
		return this.#graph.tables !== undefined;
	}

	/** The graph as bytes, made of what `stamp` tells; see `imageOf`. */
	async image(stamp: string): Promise<Uint8Array | undefined> {
		const { tables } = await this.current();
		return tables === undefined ? undefined : imageOf(tables, stamp, new Slices());
	}

	/**
	 * Takes the graph from bytes, where they were made of what `stamp` tells, which is all that has changed so far. Returns
	 * whether they were.
	 */
	async restore(image: Uint8Array, stamp: string): Promise<boolean> {
		const tables = await graphOfImage(image, stamp, new Slices());
		if (tables === undefined) return false;
		this.#changes.skip();
		this.#graph.adopt(tables);
		return true;
	}

	async standing(): Promise<Standing> {
		const { version } = await this.current();
		if (this.#standing?.version !== version) this.#standing = { version, value: this.#rank() };
		return this.#standing.value;
	}

	/** By place among `standing().links.nodes` the number of a note's community. */
	async communities(): Promise<Uint32Array> {
		const { links } = await this.standing();
		const { version } = this.#standing!;
		if (this.#communities?.version !== version) {
			this.#communities = { version, value: communitiesOf(links, new Slices()) };
		}
		return this.#communities.value;
	}

	/** How near other notes are by links: see `closeness`. */
	async closeness(seed: NodeId): Promise<ReadonlyMap<NodeId, number>> {
		const { tables } = await this.current();
		return tables === undefined ? new Map() : closeness(tables, seed);
	}

	async #follow(): Promise<void> {
		const slices = new Slices();
		const put = new Map<NodeId, GraphNote>();
		const remove = new Set<NodeId>();
		for (;;) {
			const change = this.#changes.take(batch);
			if (change.put.length + change.remove.length === 0) break;
			for (const id of change.remove) {
				put.delete(id);
				remove.add(id);
			}
			for (const note of change.put) put.set(note.id, note);
			await slices.pause();
		}
		if (put.size + remove.size === 0) return;
		await this.#graph.apply({ put: [...put.values()], remove: [...remove] }, never);
	}

	async #rank(): Promise<Standing> {
		const slices = new Slices();
		const tables = this.#graph.tables ?? (await tablesOfNotes([], slices));
		const links = noteLinksOf(tables, implied);
		const ranks = await pageRank(links, slices);
		return { tables, links, pageRank: ranks, ...(await hubsAndAuthorities(links, slices)) };
	}
}
