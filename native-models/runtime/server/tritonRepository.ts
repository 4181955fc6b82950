import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { type Manifest, MANIFEST_NAME } from '../../../core/model/manifest.ts';
import { checkHashes, type PackageFolder, packageFile } from '../packageFolder.ts';
import type { Session } from '../session.ts';
import { sessionFactory } from '../sessions.ts';

/** The parameter of an encoder's configuration that holds the manifest of its package, as a server gives it back. */
export const MANIFEST_PARAMETER = 'tessera_manifest';

/** The most requests that a server may put together. */
const MOST_TOGETHER = 8;

const TYPES: Readonly<Record<string, string>> = { float32: 'TYPE_FP32', int64: 'TYPE_INT64' };

type Value = Session['inputMetadata'][number];

/** The name of the encoder of a package on a server: it tells what the package is. */
export function encoderOnServer(id: string): string {
  return `${id}-encoder`;
}

/** The name of a model of a package on a server: `tessera-base-denoiser` for `denoiser.onnx` of `tessera-base`. */
export function nameOnServer({ id, tokenizer }: Manifest, file: string): string {
  if (file === tokenizer.encoder) return encoderOnServer(id);
  return `${id}-${file.replace(/\.onnx$/, '').replace(/[^\w.-]/g, '-')}`;
}

/**
 * Writes the models of a package as a model repository, as Triton and KServe serve it: a folder per model with its
 * configuration and its files. Encoder and decoder are batched by the server; a denoiser is not, since the cells that are asked
 * for are counted over its whole batch.
 *
 * @returns the names of the models
 * @throws TesseraError 'package' for a damaged package; 'output' where a folder cannot be written
 */
export async function writeTritonRepository(
  opened: PackageFolder,
  folder: string,
  signal?: Abort,
): Promise<string[]> {
  await checkHashes(opened, signal);
  const { manifest } = opened;
  const json = await readFile(packageFile(opened, MANIFEST_NAME), 'utf8');
  const names: string[] = [];
  // What words add to a package stays here: a server gives back the manifest, and it says nothing of them.
  const files = Object.keys(manifest.files).filter((file) => file !== manifest.words?.denoiser);
  for (const file of files.filter((each) => each.endsWith('.onnx'))) {
    throwIfAborted(signal);
    const name = nameOnServer(manifest, file);
    const session = await sessionFactory({ provider: 'cpu' }).create(packageFile(opened, file), file);
    const about = file === manifest.tokenizer.encoder ? json : null;
    const config = configOf(name, file, session, about);
    await session.release();
    // Large weights lie beside their graph.
    const own = files.filter((each) => each === file || each === file.replace(/onnx$/, 'data'));
    await output(async () => {
      const version = join(folder, name, '1');
      await mkdir(version, { recursive: true });
      await writeFile(join(folder, name, 'config.pbtxt'), config);
      for (const each of own) await copyFile(packageFile(opened, each), join(version, each));
    });
    names.push(name);
  }
  return names;
}

async function output(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new TesseraError(
      'output',
      'The model repository cannot be written there.',
      'Choose another folder.',
      {
        cause,
      },
    );
  }
}

/** The configuration of a model, as text of Triton's `ModelConfig` (model_config.proto). */
function configOf(
  name: string,
  file: string,
  { inputMetadata, outputMetadata }: Session,
  manifest: string | null,
): string {
  const isBatched = [...inputMetadata, ...outputMetadata].every(
    (value) => value.isTensor && value.shape.length > 1 && typeof value.shape[0] !== 'number',
  );
  return [
    `name: ${quoted(name)}`,
    'backend: "onnxruntime"',
    `default_model_filename: ${quoted(file)}`,
    `max_batch_size: ${isBatched ? MOST_TOGETHER : 0}`,
    ...inputMetadata.map((value) => tensor('input', value, isBatched)),
    ...outputMetadata.map((value) => tensor('output', value, isBatched)),
    ...(isBatched ? ['dynamic_batching { }'] : []),
    ...(manifest === null
      ? []
      : [`parameters { key: "${MANIFEST_PARAMETER}" value { string_value: ${quoted(manifest)} } }`]),
    '',
  ].join('\n');
}

function tensor(side: 'input' | 'output', value: Value, isBatched: boolean): string {
  if (!value.isTensor || !TYPES[value.type]) {
    throw new TesseraError('package', `${value.name} is of a type that servers are not asked for.`);
  }
  const sizes = value.shape.map((size) => (typeof size === 'number' ? size : -1));
  const dims = (isBatched ? sizes.slice(1) : sizes).join(', ');
  return `${side} { name: ${quoted(value.name)} data_type: ${TYPES[value.type]!} dims: [ ${dims} ] }`;
}

/** A text as protocol buffers' text format quotes it. */
function quoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '"': '\\"',
    '\\': '\\\\',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
  };
  return `"${text.replace(/["\\\n\r\t]/g, (sign) => escapes[sign]!)}"`;
}
