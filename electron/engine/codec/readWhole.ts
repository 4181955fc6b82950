import type { TileSent } from '../../../core/contract/engineApi.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { fromTiles } from '../../../core/raster/make.ts';
import type { Codec } from './codec.ts';

/** A small picture as a whole. @throws TesseraError as readPicture does, and 'aborted' */
export async function readWhole(codec: Codec, path: string, signal: AbortSignal): Promise<Picture> {
  const tiles: TileSent[] = [];
  const progress = (sent: { readonly tiles: readonly TileSent[] }): void => {
    tiles.push(...sent.tiles);
  };
  const { width, height } = await codec.run('picture.read', { path }, { signal, progress });
  const canvas = { x: 0, y: 0, width, height };
  return { width, height, data: readRect(fromTiles(canvas, 4, tiles), canvas) };
}
