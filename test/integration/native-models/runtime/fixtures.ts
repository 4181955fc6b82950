import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { toErrorShape, type ErrorShape } from '../../../../core/base/errors.ts';
import type { Manifest } from '../../../../core/model/manifest.ts';
import { encodeModel } from '../../../../native-models/importers/onnx/encodeModel.ts';
import type { Graph, GraphNode } from '../../../../native-models/importers/onnx/graph.ts';

/** The packages of test/fixtures/tiny-package/make.py. */
export const TINY = fixture('tiny');
export const TINY_ALL_LOGITS = fixture('tiny-all-logits');

/** A manifest whose fields a test may overwrite. */
type Draft<T> = { -readonly [K in keyof T]: T[K] extends object ? Draft<T[K]> : T[K] };

function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/tiny-package/${name}`, import.meta.url));
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-test-'));
  folders.push(folder);
  return folder;
}

/** A copy of the tiny package in a folder of its own, with other model files and manifest fields where given. */
export function changedTiny(
  change: {
    files?: Readonly<Record<string, Uint8Array>>;
    manifest?: (manifest: Draft<Manifest>) => void;
  } = {},
  from = TINY,
): string {
  const folder = temporaryFolder();
  cpSync(from, folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Draft<Manifest>;
  for (const [name, bytes] of Object.entries(change.files ?? {})) {
    writeFileSync(join(folder, name), bytes);
    manifest.files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  change.manifest?.(manifest);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** A copy of the tiny package without its denoiser: a tokenizer alone, called `id`. */
export function tinyTokenizer(id = 'tiny-tokenizer'): string {
  return changedTiny({
    manifest(manifest) {
      manifest.id = id;
      delete manifest.denoiser;
      delete manifest.files['denoiser.onnx'];
    },
  });
}

/**
 * A copy of the tiny package whose denoiser takes 8 x 8 tokens and nothing else, and only looks at where a cell lies:
 * from black at the first to white at the last.
 */
export function tinyFixed(): string {
  const denoiser = encodeModel(positionsGraph());
  return changedTiny({
    files: { 'denoiser.onnx': denoiser },
    manifest(manifest) {
      manifest.id = 'tiny-fixed';
      manifest.denoiser!.window = { min: 8, max: 8, positions: 'fixed' };
    },
  });
}

function positionsGraph(): Graph {
  const codes = 8;
  const cells = 64;
  const table = new Float32Array(cells * codes);
  for (let i = 0; i < table.length; i++) {
    table[i] = -32 * (Math.floor(i / codes) / (cells - 1) - (i % codes) / (codes - 1)) ** 2;
  }
  const bytes = (data: Float32Array | BigInt64Array): Uint8Array => new Uint8Array(data.buffer);
  const node = (operator: string, inputs: string[], output: string, attributes = {}): GraphNode => ({
    operator,
    inputs,
    outputs: [output],
    attributes,
  });
  return {
    name: 'positions',
    inputs: [{ name: 'tokens', type: 'int64', shape: ['batch', 8, 8] }],
    outputs: [{ name: 'logits', type: 'float32', shape: ['batch', cells, codes] }],
    initialisers: [
      { name: 'table', type: 'float32', shape: [1, cells, codes], data: bytes(table) },
      { name: 'nothing', type: 'float32', shape: [codes + 1], data: bytes(new Float32Array(codes + 1)) },
      { name: 'column', type: 'int64', shape: [3], data: bytes(BigInt64Array.of(-1n, BigInt(cells), 1n)) },
    ],
    nodes: [
      node('Gather', ['nothing', 'tokens'], 'zeros'),
      node('Reshape', ['zeros', 'column'], 'cells'),
      node('Add', ['cells', 'table'], 'logits'),
    ],
  };
}

/** The error that a promise ends in, as users see it. */
export async function errorOf(promise: Promise<unknown>): Promise<ErrorShape> {
  const error = await promise.then(
    () => expect.fail('It succeeded.'),
    (thrown: unknown) => toErrorShape(thrown),
  );
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error;
}
