import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../../ports/system.ts';
import type { ModelSource, SourceFile } from './catalogue.ts';
import type { ModelFile, ModelSpec } from './modelSpec.ts';

/** Written last of all files: a folder with it holds a whole model, of the bytes it records. */
const recordName = 'model.json';

/** What is recorded of a fetched model. The hashes are held to from then on, also where none was known before. */
interface ModelRecord {
	readonly repository: string;
	readonly revision: string;
	readonly dimensions: number;
	readonly files: readonly ModelFile[];
}

/** The model in `directory`, as it was recorded when it was fetched; `undefined` where it was not. */
export function readInstalled(directory: string, source: ModelSource): ModelSpec | undefined {
	const record = readRecord(join(directory, recordName));
	if (record === undefined) return undefined;
	const { dimensions, files } = record;
	const isKnown = source.files.every(({ sha256 }) => sha256.length > 0);
	const weights = files.find(({ name }) => name === 'model.onnx')!.sha256;
	// Where any bytes are taken, the vectors are told apart by them.
	const id = isKnown ? source.id : `${source.id}#${weights.slice(0, 12)}`;
	const { maxTokens, pooling, queryPrefix, passagePrefix, strength = 'usual' } = source;
	return {
		...{
			id,
			directory: source.directory,
			dimensions,
			maxTokens,
			pooling,
			queryPrefix,
			passagePrefix,
			strength,
		},
		// What is known here wins over what lies there: a record can be written by anyone.
		files: files.map((file) => ({ ...file, sha256: trusted(file, source.files) })),
	};
}

/** Records the files in `directory`, which are there and checked, as the model that they are from now on. */
export async function recordInstalled(directory: string, source: ModelSource): Promise<void> {
	const dimensions = source.dimensions ?? readDimensions(join(directory, 'config.json'));
	const files: ModelFile[] = [];
	for (const { name } of source.files) {
		if (name === 'config.json') continue;
		files.push({ name, ...(await measureFile(join(directory, name))) });
	}
	const { repository, revision } = source;
	const record: ModelRecord = { repository, revision, dimensions, files };
	await writeFile(join(directory, recordName), `${JSON.stringify(record, undefined, '\t')}\n`);
}

/** Size and SHA-256 (hex) of a file. */
export async function measureFile(file: string): Promise<{ bytes: number; sha256: string }> {
	const hash = createHash('sha256');
	const content = createReadStream(file);
	await pipeline(content, hash);
	return { bytes: content.bytesRead, sha256: hash.digest('hex') };
}

function trusted({ name, sha256 }: ModelFile, known: readonly SourceFile[]): string {
	const accepted = known.find((file) => file.name === name)?.sha256 ?? [];
	return accepted.length === 0 || accepted.includes(sha256) ? sha256 : accepted[0]!;
}

function readRecord(file: string): ModelRecord | undefined {
	try {
		const record = JSON.parse(readFileSync(file, 'utf8')) as ModelRecord;
		const names = record.files.map(({ name }) => name);
		return names.includes('model.onnx') && names.includes('tokenizer.json') ? record : undefined;
	} catch {
		// No record, or half of one: the model was never fetched whole.
		return undefined;
	}
}

function readDimensions(file: string): number {
	const config = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
	const found = config.hidden_size ?? config.dim ?? config.d_model;
	if (typeof found === 'number' && Number.isInteger(found) && found > 0) return found;
	throw new UserError(
		`The model's config.json does not tell the length of its vectors (hidden_size): choose another.`,
	);
}
