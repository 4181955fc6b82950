import path from 'node:path';
import type { Picture } from '../../../core/pixels/picture.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { writePicture } from '../../../electron/io/writePicture.ts';
import { root, temporaryFolder } from './tessera.ts';

export const LARGE = { width: 6000, height: 4000 }; // px: 24 MP

/** Writes a JPEG of 24 MP with the detail of a photograph in all of it, and says where. */
export async function largeJpeg(): Promise<string> {
  const { picture } = await readPicture(path.join(root, 'assets', 'samples', 'nuthatch.jpg'));
  const file = path.join(temporaryFolder(), 'large.jpg');
  await writePicture(file, mirrored(picture, LARGE));
  return file;
}

/** A picture beside its mirror images, over and over. */
function mirrored(picture: Picture, { width, height }: { width: number; height: number }): Picture {
  const from = new Uint32Array(picture.data.slice().buffer);
  const data = new Uint32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = folded(y, picture.height) * picture.width;
    for (let x = 0; x < width; x++, i++) data[i] = from[row + folded(x, picture.width)]!;
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

/** Where a place lies in a length that is laid to and fro. */
function folded(at: number, length: number): number {
  const within = at % (2 * length);
  return within < length ? within : 2 * length - 1 - within;
}
