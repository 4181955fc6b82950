import { cropMask, type Mask } from '../pixels/masks/mask.ts';
import type { Rect } from '../base/geometry.ts';
import { growRect, intersectRects, isEmptyRect } from '../base/geometry.ts';
import { readRect } from '../raster/flat.ts';
import { TILE, type Raster, type RasterPatch, type TileChange } from '../raster/raster.ts';
import { FULL_TILE } from '../raster/tile.ts';
import { tilesTouching } from '../raster/tileKey.ts';
import { writeRect } from '../raster/write.ts';

/**
 * Does to the part of a selection in `area` what `reshape` does to a mask, block by block, so that memory stays small:
 * right where no pixel depends on any further than `margin` px away, and none changes where all of those are alike.
 */
export function mapBlocks(
  selection: Raster,
  area: Rect,
  margin: number,
  reshape: (mask: Mask) => Mask,
): RasterPatch {
  const changes: TileChange[] = [];
  const target = intersectRects(area, selection.rect);
  // Large against the margin, so that little is done twice, and no larger, so that few blocks meet a border.
  const side = TILE * Math.min(8, Math.ceil(margin / 64));
  for (const block of blocksIn(target, side)) {
    const region = intersectRects(growRect(block, margin), selection.rect);
    if (hasUniformTiles(selection, region)) continue;
    const { width, height } = region;
    const data = readRect(selection, region);
    if (isUniform(data)) continue;
    const mask = reshape({ width, height, data });
    const part = cropMask(mask, { ...block, x: block.x - region.x, y: block.y - region.y });
    changes.push(...writeRect(selection, block, part.data).changes);
  }
  return { changes };
}

function* blocksIn(rect: Rect, side: number): Generator<Rect> {
  if (isEmptyRect(rect)) return;
  for (let y = Math.floor(rect.y / side) * side; y < rect.y + rect.height; y += side) {
    for (let x = Math.floor(rect.x / side) * side; x < rect.x + rect.width; x += side) {
      yield intersectRects({ x, y, width: side, height: side }, rect);
    }
  }
}

/** Whether all tiles under a region are missing, or all are full. */
function hasUniformTiles({ tiles }: Raster, region: Rect): boolean {
  const [first, ...rest] = Array.from(tilesTouching(region), (key) => tiles.get(key));
  return (first === undefined || first === FULL_TILE) && rest.every((tile) => tile === first);
}

function isUniform(data: Uint8Array): boolean {
  for (let i = 1; i < data.length; i++) if (data[i] !== data[0]) return false;
  return true;
}
