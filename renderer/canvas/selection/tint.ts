import { sameTiles } from '../../../core/raster/tileMap.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';

/**
 * How the selection shows: with its tint; with the tokens of the fill that works on it; or not at all, where it would lie
 * over a candidate that was made for it. A selection that was changed since, or is just being changed, has its tint.
 */
export type Tint = 'colour' | 'tokens' | 'none';

export function tintOf({ fill, live, current }: OpenDocument): Tint {
  const order = fill.job ? fill.last : fill.current?.order;
  // Undo brings back the tiles, not the raster that held them.
  if (!order || live?.selection || !sameTiles(order.selection.tiles, current.selection.tiles))
    return 'colour';
  return fill.job ? 'tokens' : 'none';
}
