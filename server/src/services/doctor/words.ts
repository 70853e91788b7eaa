/** Bytes as people say them. */
export function size(bytes: number): string {
	const gb = bytes / 1_073_741_824;
	if (gb >= 10) return `${Math.round(gb)} GB`;
	return gb >= 1 ? `${gb.toFixed(1)} GB` : `${Math.round(bytes / 1_048_576)} MB`;
}
