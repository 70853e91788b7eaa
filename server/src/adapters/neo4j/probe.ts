import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { GraphFault } from '../../ports/remoteGraph.ts';

/** Magic number, then the versions of Bolt that are offered: 5.8 down to 5.0, 4.4, and none twice. */
const handshake = Buffer.from('6060b01700080805000004040000000000000000', 'hex');

/**
 * Finds out whether something at `uri` speaks Bolt, in `timeoutMs` at most. The driver waits a minute for a server that
 * takes a connection and says nothing, and its socket lives on after that. Nothing is sent that is worth protecting, so
 * that certificates are left to the driver.
 */
export async function probe(uri: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
	const { host, port, isEncrypted } = addressOf(uri);
	const place = `${host}:${port}`;
	const socket: Socket = isEncrypted
		? connectTls({ host, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) })
		: connectPlain({ host, port });
	// A timer of our own: Node lets go of those of `AbortSignal.timeout` that `AbortSignal.any` alone holds.
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(), timeoutMs);
	const limit = AbortSignal.any([signal, late.signal]);
	try {
		const answer = await firstBytes(socket, isEncrypted ? 'secureConnect' : 'connect', limit);
		if (answer.length < 4 || answer.readUInt32BE(0) === 0 || answer.toString('latin1', 0, 4) === 'HTTP')
			throw new GraphFault('refused', `What answers at ${place} is no Neo4j 5. Check jarvis.neo4j.uri.`);
	} catch (error) {
		if (error instanceof GraphFault) throw error;
		signal.throwIfAborted();
		const reason = limit.aborted
			? `does not answer within ${timeoutMs / 1000} s`
			: `can't be reached (${codeOf(error)})`;
		throw new GraphFault('unreachable', `The Neo4j server at ${place} ${reason}.`, error);
	} finally {
		clearTimeout(timer);
		socket.destroy();
	}
}

/** What the other side says to the handshake. */
function firstBytes(socket: Socket, connected: string, limit: AbortSignal): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const onAbort = () => reject(limit.reason);
		limit.addEventListener('abort', onAbort, { once: true });
		socket.on('error', reject);
		socket.once(connected, () => socket.write(handshake));
		socket.once('data', resolve);
		socket.once('close', () => {
			limit.removeEventListener('abort', onAbort);
			reject(new Error('it closes connections'));
		});
	});
}

/** Throws `GraphFault` where the address is none. */
export function addressOf(uri: string): {
	readonly host: string;
	readonly port: number;
	readonly isEncrypted: boolean;
} {
	const { protocol, hostname, port } = URL.canParse(uri)
		? new URL(uri)
		: { protocol: '', hostname: '', port: '' };
	if (!/^(?:bolt|neo4j)(?:\+s|\+ssc)?:$/.test(protocol) || hostname === '') {
		throw new GraphFault(
			'refused',
			'jarvis.neo4j.uri must be an address such as bolt://localhost:7687 or neo4j+s://host.',
		);
	}
	return {
		host: hostname.replace(/^\[(.*)\]$/, '$1'),
		port: port === '' ? 7687 : Number(port),
		isEncrypted: protocol.includes('+'),
	};
}

function codeOf(error: unknown): string {
	const { code, message } = error as NodeJS.ErrnoException;
	return code ?? message;
}
