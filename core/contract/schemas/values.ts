import { z } from 'zod';
import { TILE } from '../../raster/raster.ts';
import { text, whole } from '../../base/schema.ts';
import type { Rect } from '../../base/geometry.ts';
import type { TileSent } from '../engineApi.ts';

/** Longest side of anything that is sent: more than any format holds, little enough for 32 bit arithmetic. */
const MAX_SIDE = 100_000; // px

/** Document px never lie further from the origin; tiles have keys up to there. */
const FARTHEST = 1 << 23; // px

/** Far beyond any number of tiles. */
const MAX_KEY = 2 ** 32 - 1;

export const name = text.min(1, 'a text of at least one character').max(1024, 'at most 1024 characters long');

const place = whole(-FARTHEST, FARTHEST);
const side = whole(1, MAX_SIDE);

/** A rectangle of whole px that is not empty. */
export const rect: z.ZodType<Rect> = z.object(
  { x: place, y: place, width: side, height: side },
  'a rectangle',
);

/** Bytes, of one of the given lengths where any is given. */
export function bytes(...lengths: number[]) {
  const words = lengths.length === 0 ? 'bytes' : `${lengths.join(' or ')} bytes`;
  return z
    .instanceof(Uint8Array, { error: words })
    .refine(({ length }) => lengths.length === 0 || lengths.includes(length), words);
}

export const PICTURE_TILE = TILE * TILE * 4; // bytes
export const SELECTION_TILE = TILE * TILE; // bytes

/** Tiles of a raster of 4 or 1 channels. */
export function tiles(length: number): z.ZodType<TileSent[]> {
  return z.array(z.object({ key: whole(0, MAX_KEY), tile: bytes(length) }, 'a tile'), 'a list of tiles');
}
