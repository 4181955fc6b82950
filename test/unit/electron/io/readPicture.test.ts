import { expect, test } from 'vitest';
import { readPicture, readPictureStrips } from '../../../../electron/io/readPicture.ts';
import { gradient, makeFile } from './make.ts';

test.each([1, 6])(
  'strips of a picture of orientation %i make up what is read at once',
  async (orientation) => {
    const bytes = await makeFile('.png', { ...gradient(70, 50), bands: 4 }, { orientation });
    const { picture, ...rest } = await readPicture(bytes);
    const data: number[] = [];
    const rows: number[] = [];
    const told = await readPictureStrips(bytes, 'x', 16, ({ y, pixels, of }) => {
      expect(of).toEqual({ width: picture.width, height: picture.height });
      expect(pixels.data).toHaveLength(4 * pixels.width * pixels.height);
      rows.push(y);
      data.push(...pixels.data);
    });
    expect(told).toEqual(rest);
    expect(rows).toEqual(Array.from({ length: Math.ceil(picture.height / 16) }, (_, i) => 16 * i));
    expect(Buffer.compare(Uint8Array.from(data), picture.data)).toBe(0);
  },
);

test.each([
  ['.tif', { compression: 'none', tile_height: 15 }],
  ['.tif', { compression: 'lzw', tile_height: 22 }],
  ['.tif', { compression: 'deflate', tile_height: 700 }],
  ['.tif', { compression: 'lzw', tile: true, tile_width: 48, tile_height: 48 }],
  ['.png', {}],
  ['.png', { interlace: true }],
  ['.webp', { lossless: true }],
])('a picture of many rows is read whole, as %s with %j', async (suffix, save) => {
  const samples = gradient(70, 700);
  const bytes = await makeFile(suffix, { ...samples, bands: 4 }, { save });
  const { picture } = await readPicture(bytes);
  expect(Buffer.compare(picture.data, samples.data)).toBe(0);
  const data = new Uint8Array(samples.data.length);
  await readPictureStrips(bytes, 'x', 256, ({ y, pixels }) => {
    data.set(pixels.data, 4 * 70 * y);
  });
  expect(Buffer.compare(data, samples.data)).toBe(0);
});
