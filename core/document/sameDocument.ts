import type { Raster } from '../raster/raster.ts';
import type { Document } from './document.ts';

/**
 * Whether two documents are the same, for documents of one history: there, what is the same is shared. What was done,
 * undone and redone is the same again.
 */
export function sameDocument(a: Document, b: Document): boolean {
  return (
    a === b ||
    (a.tokens === b.tokens &&
      a.frame === b.frame &&
      sameTiles(a.picture, b.picture) &&
      sameTiles(a.selection, b.selection) &&
      sameTiles(a.original, b.original))
  );
}

function sameTiles(a: Raster, b: Raster): boolean {
  const { x, y, width, height } = a.rect;
  const { rect } = b;
  if (rect.x !== x || rect.y !== y || rect.width !== width || rect.height !== height) return false;
  if (a.tiles === b.tiles) return true;
  if (a.tiles.size !== b.tiles.size) return false;
  for (const [key, tile] of a.tiles) if (b.tiles.get(key) !== tile) return false;
  return true;
}
