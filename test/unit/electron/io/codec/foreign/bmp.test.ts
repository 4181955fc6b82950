import { describe, expect, test } from 'vitest';
import { densityOf } from '../../../../../../electron/io/metadata/density.ts';
import { readPicture } from '../../../../../../electron/io/readPicture.ts';
import { DISPLAY_P3, linearToSrgb, matrixProfile } from '../../icc.ts';
import { maxDifference, pixel } from '../../make.ts';
import { fixture, shown } from '../fixtures.ts';
import { makeBmp } from './makeBmp.ts';

const RED: [number, number, number] = [200, 10, 20];
const BLUE: [number, number, number] = [5, 60, 250];
const PALETTE = [RED, BLUE, [0, 0, 0], [255, 255, 255]] as const;

describe('files of other programs', () => {
  test('24 bits, with a density', async () => {
    const { picture, info, metadata } = await readPicture(await fixture('plain.bmp'));
    expect(picture).toEqual(shown());
    expect(info).toMatchObject({
      format: 'bmp',
      sourceBitDepth: 8,
      colourSpace: 'rgb',
      hasAlpha: false,
      frames: 1,
    });
    expect(densityOf(metadata.exif!)!.x).toBeCloseTo(300, 1);
  });

  test('the fourth byte of 32 bits means nothing unless a mask says so', async () => {
    const { picture, info } = await readPicture(await fixture('alpha.bmp'));
    expect(picture).toEqual(shown());
    expect(info.hasAlpha).toBe(false);
  });

  test('a palette of 16 colours, and two', async () => {
    const { picture } = await readPicture(await fixture('palette.bmp'));
    expect(maxDifference(picture.data, shown().data)).toBeLessThan(60);
    const bits = await readPicture(await fixture('bits.bmp'));
    expect(pixel(bits.picture, 0, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(bits.picture, 39, 23)).toEqual([255, 255, 255, 255]);
  });
});

describe('forms', () => {
  test('rows from the top', async () => {
    const file = makeBmp({
      width: 1,
      height: -2,
      bits: 24,
      pixels: [...RED.toReversed(), 0, ...BLUE.toReversed(), 0],
    });
    const { picture } = await readPicture(file);
    expect([pixel(picture, 0, 0), pixel(picture, 0, 1)]).toEqual([
      [...RED, 255],
      [...BLUE, 255],
    ]);
  });

  test('a last row without what fills it up', async () => {
    const file = makeBmp({ width: 1, height: 1, bits: 24, pixels: RED.toReversed() });
    expect(pixel((await readPicture(file)).picture, 0, 0)).toEqual([...RED, 255]);
  });

  test('16 bits: five of each colour, and where masks say', async () => {
    const plain = makeBmp({ width: 2, height: 1, bits: 16, pixels: [0x00, 0x7c, 0xe0, 0x03] });
    const { picture } = await readPicture(plain);
    expect([pixel(picture, 0, 0), pixel(picture, 1, 0)]).toEqual([
      [255, 0, 0, 255],
      [0, 255, 0, 255],
    ]);
    const masks = [0xf800, 0x07e0, 0x001f];
    const masked = makeBmp({
      width: 1,
      height: 1,
      bits: 16,
      compression: 3,
      masks,
      pixels: [0xff, 0x07, 0, 0],
    });
    expect(pixel((await readPicture(masked)).picture, 0, 0)).toEqual([0, 255, 255, 255]);
  });

  test('32 bits with a mask of alpha', async () => {
    const masks = [0xff, 0xff00, 0xff0000, 0xff000000];
    const file = makeBmp({ width: 1, height: 1, bits: 32, compression: 6, masks, pixels: [1, 2, 3, 128] });
    const { picture, info } = await readPicture(file);
    expect(info.hasAlpha).toBe(true);
    expect(pixel(picture, 0, 0)).toEqual([1, 2, 3, 128]);
  });

  test('an embedded profile is followed', async () => {
    const pixels = [...RED.toReversed(), 0];
    const file = makeBmp({ width: 1, height: 1, bits: 24, pixels, icc: matrixProfile(DISPLAY_P3, 2.2) });
    const { picture, info } = await readPicture(file);
    const expected = linearToSrgb(
      RED.map((v) => (v / 255) ** 2.2),
      DISPLAY_P3,
    );
    expect(info.hadIcc).toBe(true);
    expect(maxDifference(picture.data.slice(0, 3), Uint8Array.from(expected))).toBeLessThanOrEqual(1);
  });
});

describe('run lengths', () => {
  const rows = (picture: Awaited<ReturnType<typeof readPicture>>['picture']) =>
    Array.from({ length: picture.height }, (_, y) =>
      Array.from({ length: picture.width }, (_, x) =>
        PALETTE.findIndex(([red]) => red === pixel(picture, x, y)[0]),
      ),
    );
  const read = async (bits: 4 | 8, pixels: readonly number[]) =>
    rows(
      (
        await readPicture(
          makeBmp({ width: 4, height: 2, bits, compression: bits === 8 ? 1 : 2, palette: PALETTE, pixels }),
        )
      ).picture,
    );

  test('of 8 bits: runs, single pixels, ends of rows, and jumps', async () => {
    // From the bottom: 1 1 1 1, then two single ones and a jump over the last two.
    expect(await read(8, [4, 1, 0, 0, 0, 3, 3, 2, 1, 0, 0, 1])).toEqual([
      [3, 2, 1, 0],
      [1, 1, 1, 1],
    ]);
    expect(await read(8, [0, 2, 1, 1, 2, 3, 0, 1])).toEqual([
      [0, 3, 3, 0],
      [0, 0, 0, 0],
    ]);
  });

  test('of 4 bits: two indices take turns', async () => {
    expect(await read(4, [4, 0x13, 0, 0, 0, 3, 0x21, 0x30, 0, 1])).toEqual([
      [2, 1, 3, 0],
      [1, 3, 1, 3],
    ]);
  });

  test('runs beyond the picture write nothing elsewhere', async () => {
    expect(await read(8, [255, 1, 0, 0, 255, 3, 0, 1])).toEqual([
      [3, 3, 3, 3],
      [1, 1, 1, 1],
    ]);
  });

  test('that end early are damage', async () => {
    await expect(read(8, [4, 1, 0])).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('cut off') as string,
    });
  });
});

test.each([
  [{ width: 0, height: 5 }, 'input'],
  [{ width: -3, height: 5 }, 'input'],
  [{ width: 100_000, height: 100_000 }, 'limit'],
  [{ width: 29_000, height: 29_000 }, 'limit'],
  [{ width: 5000, height: 5000 }, 'input'], // less than it says
])('a header that lies is told in one sentence: %o', async (size, code) => {
  const file = makeBmp({ ...size, bits: 24, pixels: [1, 2, 3, 0] });
  await expect(readPicture(file)).rejects.toMatchObject({ code });
});
