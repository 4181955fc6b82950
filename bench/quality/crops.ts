import { readdirSync } from 'node:fs';
import path from 'node:path';
import { crop } from '../../core/pixels/crop.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import { toPicture, toPlanes } from '../../core/pixels/planes.ts';
import { readPicture } from '../../electron/io/readPicture.ts';

/** Side of what is measured, px: one window of the embedded package. */
export const SIDE = 256;

const PICTURES = /\.(png|jpe?g|webp|avif|tiff?)$/i;

/** The pictures of a folder, except masks, each as squares of 256 px: all of its width once, and its middle at 1:1. */
export async function cropsOf(folder: string): Promise<Picture[]> {
  const names = readdirSync(folder).filter((name) => PICTURES.test(name) && !name.includes('-mask'));
  const crops: Picture[] = [];
  for (const name of names.sort()) {
    const { picture } = await readPicture(path.join(folder, name));
    const side = Math.min(picture.width, picture.height);
    if (side < SIDE) continue;
    crops.push(square(picture, side));
    if (side >= 2 * SIDE) crops.push(square(picture, SIDE));
  }
  return crops;
}

function square(picture: Picture, side: number): Picture {
  const x = (picture.width - side) >> 1;
  const y = (picture.height - side) >> 1;
  const part = crop(picture, { x, y, width: side, height: side });
  return toPicture(toPlanes(part, { x: 0, y: 0, width: side, height: side }, { width: SIDE, height: SIDE }));
}
