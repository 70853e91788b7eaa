import { Transform, type TransformCallback } from 'node:stream';

const longestHeader = 1024;
const endOfHeader = '\r\n\r\n';

/** Lets messages pass whole as they come, and fails at one that is too long or no message before it is kept anywhere. */
export class MessageBounds extends Transform {
	readonly #longest: number;
	#header = '';
	#bodyLeft = 0;

	/** `longest` body, bytes. */
	constructor(longest: number) {
		super();
		this.#longest = longest;
	}

	override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
		for (let at = 0; at < chunk.length; ) {
			if (this.#bodyLeft > 0) {
				const taken = Math.min(this.#bodyLeft, chunk.length - at);
				this.#bodyLeft -= taken;
				at += taken;
				continue;
			}
			this.#header += String.fromCharCode(chunk[at++]!);
			if (this.#header.length > longestHeader) return done(new Error('a header without an end'));
			if (!this.#header.endsWith(endOfHeader)) continue;
			const length = /^content-length: *(\d{1,15})\r$/im.exec(this.#header)?.[1];
			if (length === undefined) return done(new Error('a header without a length'));
			if (Number(length) > this.#longest) return done(new Error(`a message of ${length} bytes`));
			this.#bodyLeft = Number(length);
			this.#header = '';
		}
		done(undefined, chunk);
	}
}
