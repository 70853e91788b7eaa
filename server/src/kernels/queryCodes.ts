/** A query as codes of 16 bits; `norm` is of what the codes stand for, `error` of what they leave out. */
export interface QueryCodes {
	readonly codes: Int16Array;
	readonly scale: number;
	readonly norm: number;
	readonly error: number;
}

const mostCode = 16_383;
/** The sums of a scan are of 32 bits: more dimensions leave less to each. */
const mostSum = 2 ** 31 - 1;
const mostRowCode = 127;
/** For what rounding takes off the bounds, many times over. */
const roundingUp = 1 + 1e-9;
const leastError = 1e-12;

/** Throws where a number is not finite: no bound would hold. */
export function encodeQuery(query: Float32Array): QueryCodes {
	let largest = 0;
	for (const value of query) {
		if (!Number.isFinite(value)) throw new RangeError('the query must hold finite numbers');
		largest = Math.max(largest, Math.abs(value));
	}
	const range = Math.min(mostCode, Math.floor(mostSum / (mostRowCode * Math.max(1, query.length))));
	const scale = largest / range;
	const codes = new Int16Array(query.length);
	let norm = 0;
	let error = 0;
	if (scale > 0) {
		for (const [at, value] of query.entries()) {
			const code = Math.round(value / scale);
			codes[at] = code;
			norm += (code * scale) ** 2;
			error += (value - code * scale) ** 2;
		}
	}
	return {
		codes,
		scale,
		norm: Math.sqrt(norm) * roundingUp + leastError,
		error: Math.sqrt(error) * roundingUp + leastError,
	};
}
