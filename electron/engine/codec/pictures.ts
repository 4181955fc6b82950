import path from 'node:path';
import type { MaskRead, PictureRead, TileSent, TilesSent } from '../../../core/contract/engineApi.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { fromFlat, readRect } from '../../../core/raster/flat.ts';
import { fromTiles } from '../../../core/raster/make.ts';
import { TILE, type Channels } from '../../../core/raster/raster.ts';
import { readPictureStrips } from '../../io/readPicture.ts';
import { pictureBytes, writePicture } from '../../io/writePicture.ts';
import type { Strip } from '../../io/codec/decode.ts';
import type { CodecApi } from './api.ts';
import { FULL_TILE } from '../../../core/raster/tile.ts';
import { understandMask, writeMask } from '../../io/masks.ts';

/** Decodes a picture and tells its tiles row by row; the picture itself is never held, unless it has to be turned. */
export async function readTiles(
  { partial = false, ...source }: CodecApi['picture.read']['params'],
  progress: (progress: TilesSent) => void,
): Promise<PictureRead> {
  const [from, name] =
    'path' in source ? [source.path, path.basename(source.path)] : [source.bytes, source.name];
  const take = ({ y, pixels, of }: Strip): void => {
    const { width, height, data } = pixels;
    progress({ tiles: tilesOf({ x: 0, y, width, height }, 4, data), done: (y + height) / of.height });
  };
  const { info, metadata, missing } = await readPictureStrips(from, name, TILE, take, { partial });
  const { width, height, format, frames, frame } = info;
  return { width, height, name, format, frames, frame, metadata, missing };
}

/** Encodes a picture: into a file, or into bytes where no file is named. */
export async function writeTiles(
  params: CodecApi['picture.write']['params'],
): Promise<CodecApi['picture.write']['result']> {
  const { format, quality, metadata, record, location = true } = params;
  const dropped: string[] = [];
  const onDropped = (what: string): void => {
    dropped.push(what);
  };
  const options = { quality, metadata, location, onDropped, ...(record && { record }) };
  const picture = pictureOf(params);
  if (params.path === null) return { bytes: await pictureBytes(picture, format, options), dropped };
  await writePicture(params.path, picture, { ...options, format });
  return { bytes: null, dropped };
}

/** The tiles of pixels that lie row by row; all-zero ones are left out. */
export function tilesOf(rect: Rect, channels: Channels, data: Uint8Array): TileSent[] {
  return Array.from(fromFlat(rect, channels, data).tiles, ([key, tile]) => ({ key, tile }));
}

/** The pixels of a rectangle, row by row; empties `tiles`. */
export function flatten(rect: Rect, channels: Channels, tiles: TileSent[]): Uint8Array {
  return readRect(fromTiles(rect, channels, tiles.splice(0)), rect);
}

function pictureOf({ canvas, tiles, selection }: CodecApi['picture.write']['params']): Picture {
  const data = flatten(canvas, 4, tiles);
  if (selection) limitAlpha(data, flatten(canvas, 1, selection));
  return { width: canvas.width, height: canvas.height, data };
}

/** What is not selected becomes transparent; what was transparent stays so. */
function limitAlpha(rgba: Uint8Array, selection: Uint8Array): void {
  for (let i = 0, at = 3; i < selection.length; i++, at += 4) {
    rgba[at] = Math.round((rgba[at]! * selection[i]!) / 255);
  }
}

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
