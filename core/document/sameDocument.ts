import type { Raster } from '../raster/raster.ts';
import { sameTiles } from '../raster/tileMap.ts';
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
      sameRaster(a.picture, b.picture) &&
      sameRaster(a.selection, b.selection) &&
      sameRaster(a.original, b.original))
  );
}

function sameRaster(a: Raster, b: Raster): boolean {
  const { x, y, width, height } = a.rect;
  const { rect } = b;
  if (rect.x !== x || rect.y !== y || rect.width !== width || rect.height !== height) return false;
  return sameTiles(a.tiles, b.tiles);
}
