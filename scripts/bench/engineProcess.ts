/** Process of one engine: loads, then answers one question after the other. */
import type { Engine, EngineData, EngineName, EngineReply } from './engine.ts';
import { openJarvis } from './jarvisEngine.ts';
import { openDuckdb, openLancedb, openSqliteVec, openUsearch } from './peers.ts';
import type { Question } from './searchData.ts';

const open: Readonly<Record<EngineName, (data: EngineData) => Promise<Engine>>> = {
	'jarvis-hybrid': openJarvis,
	'jarvis-exact': openJarvis,
	duckdb: openDuckdb,
	'sqlite-vec': openSqliteVec,
	lancedb: openLancedb,
	usearch: openUsearch,
};

const before = process.memoryUsage.rss();
const data: EngineData = JSON.parse(process.argv[2]!);
const began = performance.now();
const engine = await open[data.name](data);
reply({
	kind: 'ready',
	seconds: (performance.now() - began) / 1000,
	bytes: before,
	facts: engine.facts ?? {},
});

process.on('message', async (question: Question | 'memory') => {
	if (question === 'memory') {
		globalThis.gc?.();
		return reply({ kind: 'memory', bytes: process.memoryUsage.rss() });
	}
	const asked = performance.now();
	const found = await engine.ask(question);
	reply({ kind: 'answer', ms: performance.now() - asked, found });
});

function reply(message: EngineReply): void {
	process.send!(message);
}
