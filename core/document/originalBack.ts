import { mixPixel } from '../pixels/mixPixel.ts';
import { changeOf } from '../raster/edit.ts';
import type { Raster, RasterPatch, Tile, TileChange } from '../raster/raster.ts';
import { beginMixing, type Brush, type Stroke } from '../selection/stroke.ts';
import { copyTile, FULL_TILE, sameTile, settleTile, tileBytes } from '../raster/tile.ts';
import type { Document } from './document.ts';

/**
 * What brings the original back under a coverage (a selection raster): wholly where it is 255, as a mixture where it is
 * less. Tiles that become those of the original are shared with it.
 */
export function blendOriginal({ picture, original }: Document, coverage: Raster): RasterPatch {
  const changes: TileChange[] = [];
  for (const [key, amount] of coverage.tiles) {
    const before = picture.tiles.get(key) ?? null;
    const target = original.tiles.get(key) ?? null;
    if (before === target) continue;
    const change = changeOf(key, before, amount === FULL_TILE ? target : blended(before, target, amount));
    if (change) changes.push(change);
  }
  return { changes };
}

/** Begins a brush stroke on the picture that paints the original back; see core/selection/stroke.ts for how it goes on. */
export function beginOriginalBack({ picture, original }: Document, brush: Brush): Stroke {
  return beginMixing(picture, (key) => original.tiles.get(key) ?? null, brush);
}

function blended(before: Tile | null, target: Tile | null, amount: Tile): Tile | null {
  const tile = copyTile(before, 4);
  const from = tileBytes(before, 4);
  const to = tileBytes(target, 4);
  for (let i = 0; i < amount.length; i++) if (amount[i]! > 0) mixPixel(tile, from, to, 4 * i, amount[i]!);
  if (sameTile(tile, before)) return before;
  return sameTile(tile, target) ? target : settleTile(tile, 4);
}
