import { readFile } from 'node:fs/promises';
import type { Picture } from '../../../../../core/pixels/picture.ts';

/** A file of test/fixtures/pictures, whose make.py says how it was made. */
export async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(`test/fixtures/pictures/${name}`));
}

/** What those files show. */
export function shown(): Picture {
  const [width, height] = [40, 24];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      data.set([x * 6, y * 10, (Math.floor(x / 8) + Math.floor(y / 8)) * 32, 255], at);
    }
  }
  return { width, height, data };
}
