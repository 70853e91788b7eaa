/** Thread that keeps one folder's vectors and scans them, so that a big scan holds up no answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { CodeTable } from '../../kernels/codeTable.ts';
import type { VectorReply, VectorRequest, VectorWorkerOptions } from './messages.ts';

const table = new CodeTable((workerData as VectorWorkerOptions).dimensions);

parentPort!.on('message', (request: VectorRequest) => {
	switch (request.kind) {
		case 'adopt':
			return table.adopt(request.rows);
		case 'edit':
			for (const { id, vector } of request.edits) {
				if (vector === undefined) table.remove(id);
				else table.set(id, vector);
			}
			return;
		case 'scan': {
			const { seq, query, k, least, allowed } = request;
			const accept =
				allowed === undefined ? undefined : (id: number) => ((allowed[id >> 3] ?? 0) >> (id & 7)) % 2 === 1;
			const { ids, upper } = table.scan(query, k, least, accept);
			return answer({ seq, ids, values: upper });
		}
		case 'approximate': {
			const { ids, scores } = table.approximate(request.query);
			return answer({ seq: request.seq, ids, values: scores });
		}
	}
});

function answer(reply: VectorReply): void {
	parentPort!.postMessage(reply, [reply.ids.buffer, reply.values.buffer]);
}
