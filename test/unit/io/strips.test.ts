import { expect, test } from 'vitest';
import { readPicture, readPictureStrips } from '../../../electron/io/readPicture.ts';
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
