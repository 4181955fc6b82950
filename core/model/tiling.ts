import { type Abort, throwIfAborted } from '../base/abort.ts';
import type { Encoding, Tokenizer } from './tokenizer.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { Planes } from '../pixels/picture.ts';
import { fullRect, growRect, intersectRects, type Rect } from '../base/geometry.ts';
import { copyCells, copyPlanes, cutGrid, cutPlanes, emptyPlanes, timesRect } from './slices.ts';

/** Tokens per side that are encoded or decoded at once: more costs memory and gains no time. */
const MAX_TOKENS = 64;

/**
 * A tokenizer that takes frames of any size: those of more than `maxTokens` on a side are encoded and decoded in
 * overlapping tiles of which only the middle is kept, so that memory has a bound. The result is that of the whole
 * where `tileOverlap` covers what a token can reach. Tiles are never smaller than their overlaps and one token more.
 */
export function tiled(tokenizer: Tokenizer, maxTokens = MAX_TOKENS): Tokenizer {
  const { downsample, tileOverlap } = tokenizer;
  const size = Math.max(maxTokens, 2 * tileOverlap + 1, smallestSide(tokenizer)); // tokens
  const fits = (width: number, height: number): boolean => width <= size && height <= size;

  const encode = async (frame: Planes, signal?: Abort): Promise<Encoding> => {
    const width = frame.width / downsample;
    const height = frame.height / downsample;
    if (fits(width, height)) return tokenizer.encode(frame, signal);
    const grid = { width, height, ids: new Int32Array(width * height) };
    let distances: Float32Array | null = new Float32Array(width * height);
    for (const { tile, keep } of tilesOf(width, height, size, tileOverlap)) {
      throwIfAborted(signal);
      const part = await tokenizer.encode(cutPlanes(frame, timesRect(tile, downsample)), signal);
      copyCells(part.grid.ids, tile, grid.ids, width, keep);
      if (part.distances && distances) copyCells(part.distances, tile, distances, width, keep);
      else distances = null;
    }
    return { grid, distances };
  };

  const decode = async (grid: TokenGrid, signal?: Abort): Promise<Planes> => {
    if (fits(grid.width, grid.height)) return tokenizer.decode(grid, signal);
    const whole = emptyPlanes(grid.width * downsample, grid.height * downsample);
    for (const { tile, keep } of tilesOf(grid.width, grid.height, size, tileOverlap)) {
      throwIfAborted(signal);
      const part = await tokenizer.decode(cutGrid(grid, tile), signal);
      copyPlanes(part, timesRect(tile, downsample), whole, timesRect(keep, downsample));
    }
    return whole;
  };

  return { ...tokenizer, encode, decode };
}

/** Pixels of a part of a frame. */
export interface DecodedRegion {
  readonly planes: Planes;
  readonly rect: Rect; // model px, in the frame
}

/**
 * The pixels of some cells of a grid, decoding no more around them than they depend on. `cells` (tokens) is cut to the
 * grid; every pixel of them is what decoding the whole grid would have given.
 *
 * @param rim tokens around the cells that come along; they are decoded with less around them, and so not exactly
 */
export async function decodeRegion(
  tokenizer: Tokenizer,
  grid: TokenGrid,
  cells: Rect,
  signal?: Abort,
  rim = 0,
): Promise<DecodedRegion> {
  const { downsample, tileOverlap } = tokenizer;
  const wanted = intersectRects(cells, fullRect(grid));
  const smallest = smallestSide(tokenizer);
  const given = intersectRects(growRect(wanted, rim), fullRect(grid));
  const needed = intersectRects(growRect(wanted, Math.max(tileOverlap, rim)), fullRect(grid));
  const x = widen(needed.x, needed.width, smallest, grid.width);
  const y = widen(needed.y, needed.height, smallest, grid.height);
  const tile = { x: x.start, y: y.start, width: x.length, height: y.length };
  const decoded = await tokenizer.decode(cutGrid(grid, tile), signal);
  const rect = timesRect(given, downsample);
  const planes = emptyPlanes(rect.width, rect.height);
  const corner = timesRect(
    { x: tile.x - given.x, y: tile.y - given.y, width: tile.width, height: tile.height },
    downsample,
  );
  copyPlanes(decoded, corner, planes, fullRect(planes));
  return { planes, rect };
}

function smallestSide({ minSize, downsample }: Tokenizer): number {
  return Math.ceil(minSize / downsample); // tokens
}

/** A stretch of an axis made at least `smallest` long, as far as the axis is. */
function widen(
  start: number,
  length: number,
  smallest: number,
  axis: number,
): { start: number; length: number } {
  const longer = Math.min(Math.max(length, smallest), axis);
  return { start: Math.max(0, Math.min(start - ((longer - length) >> 1), axis - longer)), length: longer };
}

function* tilesOf(
  width: number,
  height: number,
  size: number,
  overlap: number,
): Generator<{ tile: Rect; keep: Rect }> {
  for (const y of tileAxis(height, size, overlap)) {
    for (const x of tileAxis(width, size, overlap)) {
      yield {
        tile: { x: x.start, y: y.start, width: x.length, height: y.length },
        keep: { x: x.from, y: y.from, width: x.to - x.from, height: y.to - y.from },
      };
    }
  }
}

/** One tile along an axis, and the stretch of it that is kept. */
interface TileSpan {
  readonly start: number;
  readonly length: number;
  readonly from: number; // kept: from
  readonly to: number; // up to, not including
}

/**
 * Covers an axis with tiles of one size (or the whole axis, if that is shorter). What is kept of them covers each
 * position once and lies at least `overlap` from any side of its tile that is not an end of the axis.
 */
export function tileAxis(axis: number, size: number, overlap: number): TileSpan[] {
  if (axis <= size) return [{ start: 0, length: axis, from: 0, to: axis }];
  const spans: TileSpan[] = [];
  for (let from = 0; from < axis;) {
    const start = Math.max(0, Math.min(from - overlap, axis - size));
    const to = start + size === axis ? axis : start + size - overlap;
    spans.push({ start, length: size, from, to });
    from = to;
  }
  return spans;
}
