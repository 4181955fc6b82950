import { grow, shrink } from '../pixels/masks/morphology.ts';
import { growRect, intersectRects, isEmptyRect, type Rect } from '../base/geometry.ts';
import { boundsOf } from '../raster/bounds.ts';
import { type Raster, type RasterPatch, TILE, type TileChange } from '../raster/raster.ts';
import { cropMask, type Mask } from '../pixels/masks/mask.ts';
import { readRect } from '../raster/flat.ts';
import { FULL_TILE } from '../raster/tile.ts';
import { tilesTouching } from '../raster/tileKey.ts';
import { writeRect } from '../raster/write.ts';

/** Also selects, wholly, every pixel within `px` (Euclidean) of one that is at least half selected. */
export function growSelection(selection: Raster, px: number): RasterPatch {
  return reshaped(selection, Math.ceil(px), Math.ceil(px), (mask) => grow(mask, px));
}

/** Selects no pixel any longer that is within `px` of one that is less than half selected; the canvas has no edge. */
export function shrinkSelection(selection: Raster, px: number): RasterPatch {
  return reshaped(selection, 0, Math.ceil(px), (mask) => shrink(mask, px));
}

/**
 * Softens the border of a selection to both sides: the ramp runs from `px` outside to `px` inside, rounded to whole px,
 * and what lies further from a border stays as it is. The edge of the canvas is no border.
 */
export function featherSelection(selection: Raster, px: number): RasterPatch {
  const radius = Math.round(px);
  return reshaped(selection, radius, radius, (mask) => blur(mask, radius));
}

/** @param reach px, how far around the selection pixels can change */
function reshaped(
  selection: Raster,
  reach: number,
  margin: number,
  reshape: Parameters<typeof mapBlocks>[3],
): RasterPatch {
  const bounds = boundsOf(selection);
  // One more: shrinking looks at the pixels just outside.
  return bounds ? mapBlocks(selection, growRect(bounds, reach), margin + 1, reshape) : { changes: [] };
}

/**
 * Does to the part of a selection in `area` what `reshape` does to a mask, block by block, so that memory stays small:
 * right where no pixel depends on any further than `margin` px away, and none changes where all of those are alike.
 */
function mapBlocks(
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

/**
 * Blurs a mask: three boxes one after the other, which comes close to a Gaussian of a third of `radius` and reaches
 * `radius` px exactly. Beyond the mask its outermost pixels go on.
 *
 * @param radius px, whole
 */
export function blur({ width, height, data }: Mask, radius: number): Mask {
  const radii = [Math.floor((radius + 2) / 3), Math.floor((radius + 1) / 3), Math.floor(radius / 3)];
  const rows = blurRows(data, width, height, radii);
  const sums = blurRows(rows, height, width, radii);
  const weight = radii.reduce((product, r) => product * (2 * r + 1), 1) ** 2;
  const blurred = new Uint8Array(sums.length);
  for (let i = 0; i < blurred.length; i++) blurred[i] = sums[i]! / weight + 0.5;
  return { width, height, data: blurred };
}

/** Blurs along rows and turns rows into columns; sums, so that whole numbers stay exact. */
function blurRows(
  source: Uint8Array | Float64Array,
  width: number,
  height: number,
  radii: readonly number[],
): Float64Array {
  const turned = new Float64Array(width * height);
  let row = new Float64Array(width);
  let next = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    row.set(source.subarray(y * width, (y + 1) * width));
    for (const radius of radii) {
      if (radius === 0) continue;
      sumBox(row, next, radius);
      [row, next] = [next, row];
    }
    for (let x = 0, i = y; x < width; x++, i += height) turned[i] = row[x]!;
  }
  return turned;
}

/** The sum of the 2 * radius + 1 values around each. */
function sumBox(values: Float64Array, sums: Float64Array, radius: number): void {
  const last = values.length - 1;
  let sum = values[0]! * radius;
  for (let i = 0; i <= radius; i++) sum += values[Math.min(i, last)]!;
  sums[0] = sum;
  for (let i = 1; i <= last; i++) {
    sum += values[Math.min(i + radius, last)]! - values[Math.max(i - radius - 1, 0)]!;
    sums[i] = sum;
  }
}
