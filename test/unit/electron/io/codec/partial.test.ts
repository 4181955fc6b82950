import { describe, expect, test } from 'vitest';
import type { DecodedPicture } from '../../../../../electron/io/codec/decode.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { gradient, makeFile, rgbOf } from '../make.ts';

const WIDTH = 200;
const HEIGHT = 160;
const photo = rgbOf(gradient(WIDTH, HEIGHT));

const inPart = (file: Uint8Array): Promise<DecodedPicture> => readPicture(file, 'a.jpg', { partial: true });
const cut = (file: Uint8Array, share: number): Uint8Array => file.slice(0, Math.floor(file.length * share));

/** Pixels are those of the whole picture where they are there, and nothing where they are said to be missing. */
function expectPartOf({ picture, missing }: DecodedPicture, whole: DecodedPicture): void {
  expect([picture.width, picture.height]).toEqual([whole.picture.width, whole.picture.height]);
  const expected = Buffer.from(whole.picture.data);
  const { x, y, width, height } = missing ?? { x: 0, y: 0, width: 0, height: 0 };
  for (let row = y; row < y + height; row++) {
    const at = 4 * (row * picture.width + x);
    expected.fill(0, at, at + 4 * width);
  }
  expect(width * height).toBeLessThan(picture.width * picture.height);
  expect(expected.equals(picture.data)).toBe(true);
}

describe('a file that is cut off', () => {
  test.each(['.jpg', '.png'])('%s: what is there is read, if that is asked for', async (suffix) => {
    const file = await makeFile(suffix, photo);
    const whole = await readPicture(file);
    const share = 0.7;
    await expect(readPicture(cut(file, share))).rejects.toMatchObject({ code: 'input', damaged: true });
    const part = await inPart(cut(file, share));
    expect(part.missing).toMatchObject({ x: 0, width: WIDTH });
    expect(part.missing!.height).toBeLessThan(HEIGHT);
    expect(part.missing!.y + part.missing!.height).toBe(HEIGHT);
    expectPartOf(part, whole);
  });

  test.each([3, 6, 8] as const)(
    'and turned (orientation %i): the missing part is where it is seen',
    async (orientation) => {
      const file = await makeFile('.jpg', photo, { orientation });
      const whole = await readPicture(file);
      expect(whole.info.orientation).toBe(orientation);
      const part = await inPart(cut(file, 0.7));
      expect(part.missing).not.toBeNull();
      expectPartOf(part, whole);
    },
  );

  test('in passes over all of it is coarser, and nothing is missing', async () => {
    const file = await makeFile('.jpg', photo, { save: { interlace: true } });
    const part = await inPart(cut(file, 0.6));
    expect(part.missing).toBeNull();
    expect(part.picture.data.every((v, i) => i % 4 !== 3 || v === 255)).toBe(true);
  });

  test('before its first row is refused as before', async () => {
    const file = await makeFile('.png', photo);
    await expect(inPart(cut(file, 0.02))).rejects.toMatchObject({ code: 'input' });
  });
});

test.each(['.jpg', '.png', '.webp', '.tif', '.avif'])('a whole file is read whole: %s', async (suffix) => {
  const file = await makeFile(suffix, photo);
  const part = await inPart(file);
  expect(part.missing).toBeNull();
  expectPartOf(part, await readPicture(file));
});
