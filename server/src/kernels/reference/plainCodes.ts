/** A vector as the kernel keeps it. */
export interface Codes {
	readonly codes: Int8Array;
	readonly scale: number;
	readonly residual: number;
	readonly norm: number;
}

/** What `quantize` in `../assembly/int8.ts` does, said plainly; `undefined` where a number is not finite. */
export function plainQuantize(vector: Float32Array): Codes | undefined {
	if (!vector.every(Number.isFinite)) return undefined;
	const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
	const rounded = Math.fround(largest / 127);
	const scale = rounded < Math.fround(1e-30) ? 0 : rounded;
	const codes = Int8Array.from(vector, (value) => (scale === 0 ? 0 : roundHalfEven(value / scale)));
	const rest = vector.reduce((sum, value, at) => sum + (value - scale * codes[at]!) ** 2, 0);
	const square = vector.reduce((sum, value) => sum + value ** 2, 0);
	return { codes, scale, residual: roundedUp(rest), norm: roundedUp(square) };
}

/** The score of a vector by its codes alone. */
export function plainScore(
	{ codes, scale }: Codes,
	query: { readonly codes: Int16Array; readonly scale: number },
): number {
	return codes.reduce((sum, code, at) => sum + code * query.codes[at]!, 0) * (scale * query.scale);
}

/** The exact score: products and sums in double precision of what is stored in single. */
export function plainDot(a: Float32Array, b: Float32Array): number {
	return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}

function roundedUp(square: number): number {
	return Math.fround(Math.sqrt(square) * 1.000001 + 1e-37);
}

function roundHalfEven(value: number): number {
	const floor = Math.floor(value);
	const rest = value - floor;
	if (rest !== 0.5) return Math.round(value);
	return floor % 2 === 0 ? floor : floor + 1;
}
