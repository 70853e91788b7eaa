import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Address of a server that takes connections, and says nothing but `answer` to the first bytes. */
export async function silentServer(answer?: string): Promise<string> {
	const server = createServer((socket) => {
		socket.on('error', () => {});
		if (answer !== undefined) socket.once('data', () => socket.write(answer));
		onTestFinished(() => void socket.destroy());
	}).listen(0, '127.0.0.1');
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	return `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
