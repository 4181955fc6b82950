import { constants, deflate, inflate } from 'node:zlib';
import { promisify } from 'node:util';
import { TILE } from '../../../core/raster/raster.ts';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

const PIXELS = TILE * TILE;
const CHANNELS = 4;

/**
 * How tiles lie on disk. Deflate is good at runs and bad at pixels, so pixels are turned into something near runs of
 * zeros first: a plane for each channel, red and blue less green, each value less the one before it. On photographs that
 * is 40 % smaller and three times as fast as deflating the pixels (level 1; runs alone are looked for, since these
 * planes hardly repeat otherwise).
 */
const CODING = { level: 1, strategy: constants.Z_RLE, chunkSize: 2 ** 17 } as const;

/** A tile of 4 channels or 1 as it lies on disk, with a checksum inside. Works beside the caller's thread. */
export async function encodeTile(tile: Uint8Array): Promise<Uint8Array> {
  return deflated(tile.length === PIXELS ? toDifferences(tile) : toPlanes(tile), CODING);
}

/** Most bytes that a tile can take on disk. */
export function mostCodedBytes(bytes: number): number {
  return bytes + 8192;
}

/**
 * The tile that was encoded.
 *
 * @param bytes of the tile: what does not unpack to that many is refused before it takes more memory
 * @returns undefined where the data are damaged or of another length
 */
export async function decodeTile(coded: Uint8Array, bytes: number): Promise<Uint8Array | undefined> {
  const limits = { chunkSize: bytes + 64, maxOutputLength: bytes }; // in one go, with room to notice the end
  const data = await inflated(coded, limits).catch(() => undefined);
  if (data?.length !== bytes) return undefined;
  return bytes === PIXELS ? fromDifferences(data) : fromPlanes(data);
}

function toDifferences(values: Uint8Array): Uint8Array {
  const out = new Uint8Array(values.length);
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    out[i] = value - before;
    before = value;
  }
  return out;
}

function fromDifferences(differences: Uint8Array): Uint8Array {
  const out = new Uint8Array(differences.length);
  let value = 0;
  for (let i = 0; i < out.length; i++) {
    value = (value + differences[i]!) & 0xff;
    out[i] = value;
  }
  return out;
}

function toPlanes(rgba: Uint8Array): Uint8Array {
  const out = new Uint8Array(rgba.length);
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let i = 0, at = 0; i < PIXELS; i++, at += CHANNELS) {
    const g = rgba[at + 1]!;
    const r = rgba[at]! - g;
    const b = rgba[at + 2]! - g;
    const a = rgba[at + 3]!;
    out[i] = r - red;
    out[i + PIXELS] = g - green;
    out[i + 2 * PIXELS] = b - blue;
    out[i + 3 * PIXELS] = a - alpha;
    red = r;
    green = g;
    blue = b;
    alpha = a;
  }
  return out;
}

function fromPlanes(planes: Uint8Array): Uint8Array {
  const out = new Uint8Array(planes.length);
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let i = 0, at = 0; i < PIXELS; i++, at += CHANNELS) {
    red = (red + planes[i]!) & 0xff;
    green = (green + planes[i + PIXELS]!) & 0xff;
    blue = (blue + planes[i + 2 * PIXELS]!) & 0xff;
    alpha = (alpha + planes[i + 3 * PIXELS]!) & 0xff;
    out[at] = red + green;
    out[at + 1] = green;
    out[at + 2] = blue + green;
    out[at + 3] = alpha;
  }
  return out;
}
