import path from 'node:path';
import type { Picture } from '../../core/pixels/picture.ts';
import { readPicture } from './readPicture.ts';

/** The pictures that come with Tessera; licences are beside them. */
export const SAMPLES = [
  { id: 'nuthatch', file: 'nuthatch.jpg' },
  { id: 'coffee', file: 'coffee.png' },
  { id: 'rocket', file: 'rocket.jpg' },
] as const;

/** @param root the folder of Tessera's files */
export function sampleFolder(root: string): string {
  return path.join(root, 'assets', 'samples');
}

/** All of them. @throws TesseraError 'input' where one is missing */
export async function readSamples(root: string): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for (const { file } of SAMPLES) {
    pictures.push((await readPicture(path.join(sampleFolder(root), file))).picture);
  }
  return pictures;
}
