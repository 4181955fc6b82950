import { type Abort, throwIfAborted } from '../../base/abort.ts';
import type { Rect } from '../../base/geometry.ts';
import { intersectRects } from '../../base/geometry.ts';
import { nextTurn, now } from '../../base/host.ts';
import { patchTo } from '../../raster/patch.ts';
import type { Raster, Tile, TileKey } from '../../raster/raster.ts';
import { copyRows } from '../../raster/rows.ts';
import { copyTile, settleTile } from '../../raster/tile.ts';
import { tileRect, tilesTouching } from '../../raster/tileKey.ts';
import type { Change } from '../change.ts';
import type { Document } from '../document.ts';
import type { Remaking } from './remaking.ts';

const TURN = 12; // ms of work between two looks at what else is to be done

export interface RemakeControl {
  readonly signal?: Abort;
  readonly onDone?: (done: number) => void; // 0 .. 1
}

export interface RemakeOptions {
  readonly frame?: Document['frame']; // where the chosen one comes to lie; left out, none is chosen any more
  readonly selectUncovered?: boolean; // whether what the old canvas does not cover becomes selected
}

/**
 * The change that draws picture, original and selection anew. No token shows then what it did, so all of them are
 * unknown. Where picture and original were the same, they share what is made. It works in slices of a few ms.
 *
 * @throws TesseraError 'aborted'
 */
export async function remakeDocument(
  document: Document,
  remaking: Remaking,
  { signal, onDone }: RemakeControl = {},
  { frame = null, selectUncovered = false }: RemakeOptions = {},
): Promise<Change> {
  const { rect } = remaking;
  const made = { picture: new Map<TileKey, Tile>(), original: new Map<TileKey, Tile>(), selection: new Map<TileKey, Tile>() }; // prettier-ignore
  const keys = [...tilesTouching(rect)];
  let since = now();
  for (const [index, key] of keys.entries()) {
    const part = intersectRects(tileRect(key), rect);
    const picture = drawTile(document.picture, remaking, key, part);
    const shared = sameUnder(document.picture, document.original, remaking.sourceOf(part));
    put(made.picture, key, picture);
    put(made.original, key, shared ? picture : drawTile(document.original, remaking, key, part));
    put(made.selection, key, selectionTile(document.selection, remaking, key, part, selectUncovered));
    if (now() - since < TURN) continue;
    onDone?.((index + 1) / keys.length);
    await nextTurn();
    throwIfAborted(signal);
    since = now();
  }
  return {
    canvas: { before: document.canvas, after: rect, moved: true },
    picture: patchTo(document.picture, made.picture),
    original: patchTo(document.original, made.original),
    selection: patchTo(document.selection, made.selection),
    ...(document.frame !== frame && { frame: { before: document.frame, after: frame } }),
    ...(document.tokens.length > 0 && { tokens: { before: document.tokens, after: [] } }),
  };
}

function drawTile(raster: Raster, remaking: Remaking, key: TileKey, part: Rect): Tile | null {
  if (!touches(raster, remaking.sourceOf(part))) return null;
  return tileOf(remaking.draw(raster, part), key, part, raster.channels);
}

function selectionTile(
  selection: Raster,
  remaking: Remaking,
  key: TileKey,
  part: Rect,
  uncovered: boolean,
): Tile | null {
  const coverage = uncovered ? remaking.coverage(part) : null;
  if (!coverage) return drawTile(selection, remaking, key, part);
  const amounts = remaking.draw(selection, part);
  for (let i = 0; i < amounts.length; i++) if (coverage[i]! < 255) amounts[i] = 255;
  return tileOf(amounts, key, part, 1);
}

function tileOf(data: Uint8Array, key: TileKey, part: Rect, channels: Raster['channels']): Tile | null {
  const own = tileRect(key);
  const tile = copyTile(null, channels);
  copyRows({ rect: part, data }, { rect: own, data: tile }, part, channels);
  return settleTile(tile, channels);
}

function touches({ tiles }: Raster, rect: Rect): boolean {
  if (tiles.size === 0) return false;
  for (const key of tilesTouching(rect)) if (tiles.has(key)) return true;
  return false;
}

/** Whether two rasters have the very same tiles under a rectangle. */
function sameUnder(a: Raster, b: Raster, rect: Rect): boolean {
  for (const key of tilesTouching(rect)) if (a.tiles.get(key) !== b.tiles.get(key)) return false;
  return true;
}

function put(tiles: Map<TileKey, Tile>, key: TileKey, tile: Tile | null): void {
  if (tile) tiles.set(key, tile);
}
