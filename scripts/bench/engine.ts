import type { Question } from './searchData.ts';

/** What is measured: each in a process of its own, with the same vectors. */
export interface Engine {
	/** Numbers of the 10 nearest passages, counted from 0; or none, where the answer is not of passages. */
	ask(question: Question): Promise<readonly number[]>;
	/** More that is worth saying, once loaded. */
	readonly facts?: Readonly<Record<string, number>>;
}

/** Where an engine finds its data, and may put its own. */
export interface EngineData {
	readonly name: EngineName;
	readonly vectorsFile: string;
	readonly indexFile: string;
	readonly directory: string;
	readonly count: number;
	/** Folder of the peers' packages. */
	readonly packages: string;
}

export const engineNames = [
	'jarvis-hybrid',
	'jarvis-exact',
	'duckdb',
	'sqlite-vec',
	'lancedb',
	'usearch',
] as const;
export type EngineName = (typeof engineNames)[number];

export type EngineReply =
	| {
			readonly kind: 'ready';
			readonly seconds: number;
			readonly bytes: number;
			readonly facts: Readonly<Record<string, number>>;
	  }
	| { readonly kind: 'answer'; readonly ms: number; readonly found: readonly number[] }
	| { readonly kind: 'memory'; readonly bytes: number };

export const dimensions = 384;
export const wanted = 10;
