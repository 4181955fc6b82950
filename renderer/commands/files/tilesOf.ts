import type { TileSent } from '../../../core/contract/engineApi.ts';
import type { Raster } from '../../../core/raster/raster.ts';

/** A raster's tiles as they are sent: copied on their way, so that the raster keeps its own. */
export function tilesOf(raster: Raster): TileSent[] {
  return Array.from(raster.tiles, ([key, tile]) => ({ key, tile }));
}
