import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Swatches } from '../../core/paint/swatches.ts';
import { atomicWrite } from './files/atomicWrite.ts';

/** Counts up when swatches are drawn or stored in another way. */
const FORMAT = 1;

const MAGIC = Buffer.from('tessera-swatches');
const NUMBERS = 4; // format, codes, side, field: 32 bit, little endian
const DIGEST = 32; // SHA-256 of the pixels
const HEADER = MAGIC.length + 4 * NUMBERS + DIGEST;

/** What swatches of a package must be to be taken. */
export interface SwatchShape {
  readonly sha256: string; // of the package
  readonly codes: number;
  readonly side: number; // px
  readonly field: number; // tokens
}

/** The swatches that a folder keeps of a package; null where it has none, or what it has is not whole. */
export async function readSwatches(folder: string, shape: SwatchShape): Promise<Swatches | null> {
  const { side, field } = shape;
  const length = pixelBytes(shape);
  const path = pathOf(folder, shape);
  try {
    if ((await stat(path)).size !== HEADER + length) return null;
    const bytes = await readFile(path);
    const pixels = new Uint8Array(bytes.subarray(HEADER)); // a buffer of its own
    return headerOf(shape, pixels).equals(bytes.subarray(0, HEADER)) ? { side, field, pixels } : null;
  } catch {
    return null; // whatever is wrong with the file, the swatches can be drawn again
  }
}

/** Keeps the swatches of a package. @throws TesseraError 'output' */
export async function writeSwatches(folder: string, shape: SwatchShape, swatches: Swatches): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { pixels } = swatches;
  await atomicWrite(pathOf(folder, shape), Buffer.concat([headerOf(shape, pixels), pixels]));
}

function headerOf({ codes, side, field }: SwatchShape, pixels: Uint8Array): Buffer {
  const numbers = Buffer.alloc(4 * NUMBERS);
  [FORMAT, codes, side, field].forEach((value, i) => numbers.writeUInt32LE(value, 4 * i));
  return Buffer.concat([MAGIC, numbers, createHash('sha256').update(pixels).digest()]);
}

function pathOf(folder: string, { sha256 }: SwatchShape): string {
  return join(folder, `swatches-${sha256}.bin`);
}

function pixelBytes({ codes, side }: SwatchShape): number {
  return codes * side * side * 4;
}
