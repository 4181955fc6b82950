import type { Raster } from '../../../core/raster/raster.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';

/**
 * How the selection shows: with its tint; with the tokens of the fill that works on it; or not at all, where it would lie
 * over a candidate that was made for it. A selection that was changed since, or is just being changed, has its tint.
 */
export type Tint = 'colour' | 'tokens' | 'none';

export function tintOf({ fill, live, current }: OpenDocument): Tint {
  const order = fill.job ? fill.last : fill.current?.order;
  if (!order || live?.selection || !sameTiles(order.selection, current.selection)) return 'colour';
  return fill.job ? 'tokens' : 'none';
}

/** Undo brings back the tiles, not the raster that held them. */
function sameTiles(a: Raster, b: Raster): boolean {
  if (a.tiles === b.tiles) return true;
  if (a.tiles.size !== b.tiles.size) return false;
  for (const [key, tile] of a.tiles) if (b.tiles.get(key) !== tile) return false;
  return true;
}
