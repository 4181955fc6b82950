import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WindowBatch } from '../../../../../core/model/denoiser.ts';
import type { Planes } from '../../../../../core/pixels/picture.ts';
import { MASK, type TokenGrid } from '../../../../../core/tokens/grid.ts';
import type { ImportChoices } from '../../../../../native-models/importers/package/importPackage.ts';

/** The checkpoints of test/parity/importers/families. */
export const FAMILIES = fileURLToPath(new URL('../../../../fixtures/importers/families', import.meta.url));

/** What the network in a tokenizer's file gives for {@link picture} and {@link grid}. */
interface TokenizerGolden {
  readonly ids: readonly number[];
  readonly range: readonly [number, number];
  readonly decoded: string;
}

/** What a network that knows classes gives besides for one of them. */
interface ClassesGolden extends Omit<DenoiserGolden, 'loop'> {
  readonly class: number;
  readonly classLogits: string;
  readonly timestep?: number; // of one that is told it
}

/** What the network in a denoiser's file gives. */
interface DenoiserGolden {
  readonly heads: number;
  readonly tokens: readonly number[];
  readonly logits: string;
  readonly loop: {
    readonly steps: number;
    readonly noise: readonly number[];
    readonly tokens: readonly number[];
  };
}

const ALL = JSON.parse(readFileSync(path.join(FAMILIES, 'golden.json'), 'utf8')) as Record<string, unknown>;

/** What the network in a tokenizer's file gives. */
export function tokenizerGolden(file: string): TokenizerGolden {
  return ALL[file] as TokenizerGolden;
}

/** What the network in a denoiser's file gives. */
export function denoiserGolden(file: string): DenoiserGolden {
  return ALL[file] as DenoiserGolden;
}

/** What the network in the file of a denoiser with classes gives. */
export function classesGolden(file: string): ClassesGolden {
  return ALL[file] as ClassesGolden;
}

/** Numbers as they lie in the golden file: little-endian float32 in base64. */
export function floatsIn(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}

/** Waves, as the script makes them. */
export function picture(side = 16): Planes {
  const data = new Float32Array(3 * side * side);
  for (let i = 0; i < data.length; i++) {
    const [c, y, x] = [Math.floor(i / (side * side)), Math.floor(i / side) % side, i % side];
    data[i] = 0.5 + 0.5 * Math.sin(0.7 * x + 0.4 * y * (c + 1) + 2 * c);
  }
  return { width: side, height: side, data };
}

/** Tokens of 32 codes, as the script makes them. */
export function grid(side = 8): TokenGrid {
  const ids = Int32Array.from({ length: side * side }, (_, i) => (7 * i + 3) % 32);
  return { width: side, height: side, ids };
}

/** The largest difference between two lists of numbers. */
export function farthest(one: Float32Array, other: Float32Array): number {
  return one.reduce((far, value, i) => Math.max(far, Math.abs(value - other[i]!)), 0);
}

/** An import as it is by itself. */
export const CHOICES: ImportChoices = {
  id: 'imported',
  name: 'Imported',
  license: 'MIT',
  precision: 'full',
  heads: null,
  classId: null,
  guidance: 0,
};

/** Tokens of a golden file as Tessera has them, all of them asked for. */
export function windowOf(tokens: readonly number[]): WindowBatch {
  const given = Int32Array.from(tokens, (id) => (id === 32 ? MASK : id));
  return { batch: 1, width: 4, height: 4, tokens: given, select: Int32Array.from(given.keys()) };
}
