import { kernelsBase64 } from './compiled.ts';

/** Addresses and sizes are in bytes; what each function does is said in `assembly/`. */
export interface Kernels {
	quantize(from: number, dimensions: number, to: number, codeBytes: number): number;
	ask(query: number, scale: number, norm: number, error: number, codeBytes: number): void;
	begin(k: number, least: number, heap: number): void;
	currentFloor(): number;
	readonly found: { readonly value: number };
	scan(rows: number, count: number, mask: number, candidates: number, most: number): number;
	approximate(rows: number, count: number, to: number): void;
	addTerm(first: number, end: number, pages: number, idf: number, meanLength: number): void;
	countLive(first: number, end: number, pages: number): number;
}

/** The part of `WebAssembly` that is used; it is in none of the libraries that the server is checked against. */
interface Wasm {
	readonly Module: new (bytes: Uint8Array) => object;
	compile(bytes: Uint8Array): Promise<object>;
	readonly Memory: new (size: { readonly initial: number }) => WasmMemory;
	readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

interface WasmMemory {
	readonly buffer: ArrayBuffer;
	grow(pages: number): number;
}

const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;
const pageBytes = 65_536;
const mostSpare = 2 ** 18;
let module: object | undefined;

/** The kernels over a memory of their own, which grows in place: nothing is copied, but views of it go stale. */
export class KernelMemory {
	readonly kernels: Kernels;
	readonly #memory: WasmMemory;
	#size = pageBytes;

	constructor() {
		module ??= new wasm.Module(readBytes());
		this.#memory = new wasm.Memory({ initial: 1 });
		const { exports } = new wasm.Instance(module, { env: { memory: this.#memory, abort: failed } });
		this.kernels = exports as Kernels;
	}

	/** Valid until the memory grows. */
	get buffer(): ArrayBuffer {
		return this.#memory.buffer;
	}

	get bytes(): number {
		return this.#size;
	}

	/** Makes sure that there are `bytes`; throws `RangeError` where there is no more memory. Returns whether it grew. */
	ensure(bytes: number): boolean {
		if (bytes <= this.#size) return false;
		// Some more than needed: growing is cheap, but not for every row.
		const pages = Math.ceil((bytes - this.#size + Math.min(bytes / 8, mostSpare)) / pageBytes);
		this.#memory.grow(pages);
		this.#size += pages * pageBytes;
		return true;
	}
}

/** Compiles the kernels ahead of their first use, and beside the thread that answers. */
export async function compileKernels(): Promise<void> {
	module ??= await wasm.compile(readBytes());
}

function readBytes(): Uint8Array {
	return Uint8Array.from(atob(kernelsBase64), (char) => char.charCodeAt(0));
}

function failed(): never {
	throw new Error('a kernel failed');
}
