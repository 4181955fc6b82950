import type { MaskRead, TileSent } from '../../../../core/contract/engineApi.ts';
import { FULL_TILE } from '../../../../core/raster/tile.ts';
import { understandMask, writeMask } from '../../../io/masks.ts';
import type { CodecApi } from './api.ts';
import { flatten, tilesOf } from './pictures.ts';

/** Reads a mask of the canvas's size; of a picture of labels, tells which there are. */
export async function readMaskTiles({
  path,
  canvas,
  label,
}: CodecApi['mask.read']['params']): Promise<MaskRead> {
  const read = await understandMask(path, canvas, label);
  if ('labels' in read) return read;
  const { data } = read.mask;
  // Tiles are moved out of this thread, and that one is everybody's.
  const own = ({ key, tile }: TileSent): TileSent => ({
    key,
    tile: tile === FULL_TILE ? tile.slice() : tile,
  });
  return { tiles: tilesOf(canvas, 1, data).map(own), meaning: read.meaning };
}

/** Writes a selection as a PNG. */
export async function writeMaskTiles({
  path,
  canvas,
  tiles,
}: CodecApi['mask.write']['params']): Promise<null> {
  const { width, height } = canvas;
  await writeMask(path, { width, height, data: flatten(canvas, 1, tiles) }, { format: 'png' });
  return null;
}
