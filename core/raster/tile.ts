import { TILE, type Channels, type Tile } from './raster.ts';

/** The one tile of a selection that is wholly selected: whatever is full shares it, and is known by it. */
export const FULL_TILE: Tile = new Uint8Array(TILE * TILE).fill(255);

/** What a missing tile reads as: to look at, never to be kept in a raster. */
const ZEROS: Record<Channels, Tile> = { 1: new Uint8Array(TILE * TILE), 4: new Uint8Array(TILE * TILE * 4) };

/** The bytes of a tile that may be missing, to read. */
export function tileBytes(tile: Tile | null | undefined, channels: Channels): Tile {
  return tile ?? ZEROS[channels];
}

/** A tile's bytes to write into: a copy, or zeros where it is missing. */
export function copyTile(tile: Tile | null | undefined, channels: Channels): Uint8Array {
  return tile ? new Uint8Array(tile) : new Uint8Array(TILE * TILE * channels);
}

/**
 * The form in which a raster keeps a tile: null where it is all zero, {@link FULL_TILE} where all is selected, itself
 * otherwise.
 */
export function settleTile(tile: Tile, channels: Channels): Tile | null {
  if (tile === FULL_TILE) return tile;
  const first = tile[0]!;
  if (first !== 0 && (first !== 255 || channels !== 1)) return tile;
  const words = wordsOf(tile);
  const word = first === 0 ? 0 : 0xffffffff;
  for (let i = 0; i < words.length; i++) if (words[i] !== word) return tile;
  return word === 0 ? null : FULL_TILE;
}

/** Whether two tiles hold the same bytes; missing ones are all zero. */
export function sameTile(a: Tile | null, b: Tile | null): boolean {
  if (a === b) return true;
  const bytes = a ?? b!;
  const words = wordsOf(bytes);
  const other = a && b ? wordsOf(b) : null;
  if (other && other.length !== words.length) return false;
  for (let i = 0; i < words.length; i++) if (words[i] !== (other ? other[i] : 0)) return false;
  return true;
}

/** A tile's bytes four at a time; a copy where they do not lie on a word's border. */
export function wordsOf(tile: Tile): Uint32Array {
  const aligned = tile.byteOffset % 4 === 0 ? tile : new Uint8Array(tile);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
}
