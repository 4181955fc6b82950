import { grow, shrink } from '../pixels/masks/morphology.ts';
import { growRect } from '../base/geometry.ts';
import { boundsOf } from '../raster/bounds.ts';
import type { Raster, RasterPatch } from '../raster/raster.ts';
import { mapBlocks } from './blocks.ts';
import { blur } from './blur.ts';

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
