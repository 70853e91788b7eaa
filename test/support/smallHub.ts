import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a request wanted: path, and the first byte where it asked for a rest. */
export interface Asked {
	readonly path: string;
	readonly from: number | undefined;
}

export interface SmallHub {
	readonly endpoint: string;
	readonly asked: readonly Asked[];
	/** Ends the connection after so many bytes of each of the next `times` answers. */
	breakAfter(bytes: number, times: number): void;
	/** Puts a file in, or another in its place. */
	serve(path: string, content: Uint8Array): void;
	/** Resolves once so many bytes of an answer are out, and holds the rest back for good. */
	hang(bytes: number): Promise<void>;
}

/**
 * A model hub on loopback: files by `/owner/name/resolve/revision/path`, with ranges and entity tags; at a port of its
 * own, or at the one that was promised.
 */
export async function startHub(files: Readonly<Record<string, Uint8Array>>, port = 0): Promise<SmallHub> {
	const served = new Map(Object.entries(files));
	const asked: Asked[] = [];
	let limit = { bytes: 0, times: 0 };
	let hanging: { bytes: number; out: () => void } | undefined;

	function send(response: ServerResponse, rest: Uint8Array): void {
		if (hanging !== undefined) {
			const { bytes, out } = hanging;
			response.write(rest.subarray(0, bytes), out);
		} else if (limit.times > 0) {
			limit = { ...limit, times: limit.times - 1 };
			response.write(rest.subarray(0, limit.bytes), () => response.socket?.end());
		} else response.end(rest);
	}

	const server = createServer((request, response) => {
		const path = decodeURIComponent(request.url ?? '');
		const content = served.get(path);
		const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
		asked.push({ path, from: from === undefined ? undefined : Number(from) });
		if (content === undefined) {
			response.writeHead(404).end();
			return;
		}
		const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
		const start = request.headers['if-range'] === etag ? Number(from ?? 0) : 0;
		const rest = content.subarray(start);
		response.writeHead(start > 0 ? 206 : 200, { etag, 'content-length': rest.length });
		send(response, rest);
	});
	await new Promise<void>((resolve) => {
		server.listen(port, '127.0.0.1', resolve);
	});
	onTestFinished(
		() =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	);
	return {
		endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		breakAfter: (bytes, times) => {
			limit = { bytes, times };
		},
		serve: (path, content) => served.set(path, content),
		hang: (bytes) =>
			new Promise((out) => {
				hanging = { bytes, out };
			}),
	};
}
