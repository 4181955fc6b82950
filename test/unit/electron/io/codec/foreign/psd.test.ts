import { describe, expect, test } from 'vitest';
import { densityOf } from '../../../../../../electron/io/metadata/density.ts';
import { readPicture } from '../../../../../../electron/io/readPicture.ts';
import { makeExif } from '../../exif.ts';
import { DISPLAY_P3, linearToSrgb, matrixProfile } from '../../icc.ts';
import { maxDifference, pixel } from '../../make.ts';
import { fixture, shown } from '../fixtures.ts';
import { makePsd } from './makePsd.ts';

const CAMERA = makeExif({ orientation: 1, make: 'Camera', width: 2, height: 1 });
const [GREY, INDEXED, RGB, CMYK, LAB] = [1, 2, 3, 4, 9];

/** Two pixels of three colours. */
const TWO = {
  width: 2,
  height: 1,
  mode: RGB,
  planes: [
    [200, 5],
    [10, 60],
    [20, 250],
  ],
};
const first = async (parts: Parameters<typeof makePsd>[0]) => {
  const { picture, info } = await readPicture(makePsd(parts));
  return { pixels: [pixel(picture, 0, 0), pixel(picture, picture.width - 1, 0)], info };
};

describe('files of another program', () => {
  test.each(['plain.psd', 'raw.psd'])('%s: the merged picture of 8 bits', async (name) => {
    const { picture, info } = await readPicture(await fixture(name));
    expect(picture).toEqual(shown());
    expect(info).toMatchObject({ format: 'psd', sourceBitDepth: 8, colourSpace: 'rgb', hasAlpha: false });
  });

  test('grey, and inks', async () => {
    const grey = await readPicture(await fixture('grey.psd'));
    expect(grey.info.colourSpace).toBe('grey');
    expect(pixel(grey.picture, 20, 3)).toEqual([120, 120, 120, 255]);
    const ink = await readPicture(await fixture('ink.psd'));
    expect(ink.info.colourSpace).toBe('cmyk');
    const [red, green, blue] = pixel(ink.picture, 39, 0) as [number, number, number];
    expect(red).toBeGreaterThan(150); // red to the right, whatever paper makes of it
    expect(Math.max(green, blue)).toBeLessThan(150);
  });
});

describe('forms', () => {
  test.each([
    ['plain rows', {}],
    ['packed rows', { isPacked: true }],
    ['large documents', { isPacked: true, isLarge: true }],
  ])('%s', async (_, form) => {
    const { pixels } = await first({ ...TWO, ...form });
    expect(pixels).toEqual([
      [200, 10, 20, 255],
      [5, 60, 250, 255],
    ]);
  });

  test('16 bits', async () => {
    const planes = TWO.planes.map((plane) => plane.map((v) => v * 257));
    const { pixels, info } = await first({ ...TWO, planes, depth: 16 });
    expect(pixels).toEqual([
      [200, 10, 20, 255],
      [5, 60, 250, 255],
    ]);
    expect(info.sourceBitDepth).toBe(16);
  });

  test('a palette, and a bitmap, whose ones are black', async () => {
    const palette = Array.from({ length: 768 }, (_, i) => (i % 256 === 7 ? 50 + Math.floor(i / 256) : 0));
    const indexed = await first({ width: 1, height: 1, mode: INDEXED, planes: [[7]], palette });
    expect(indexed.pixels[0]).toEqual([50, 51, 52, 255]);
    const bits = await first({ width: 2, height: 1, mode: 0, planes: [[1, 0]], depth: 1 });
    expect(bits.pixels).toEqual([
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ]);
  });

  test('no ink at all is white', async () => {
    const { pixels } = await first({ width: 1, height: 1, mode: CMYK, planes: [[255], [255], [255], [255]] });
    expect(Math.min(...pixels[0]!)).toBeGreaterThan(250);
  });
});

describe('transparency', () => {
  const planes = [
    [200, 255],
    [100, 255],
    [50, 255],
    [128, 0],
  ];

  test.each([8, 16] as const)(
    'of %i bits: where the layers say so, and without the white in it',
    async (depth) => {
      const wide = depth === 16 ? planes.map((plane) => plane.map((v) => v * 257)) : planes;
      const { pixels, info } = await first({ ...TWO, planes: wide, depth, layers: -1 });
      expect(info.hasAlpha).toBe(true);
      expect(pixels[0]).toEqual([145, 0, 0, 128]); // 200 = 145 * 0.5 + 255 * 0.5; what is out of range is clipped
      expect(pixels[1]![3]).toBe(0);
    },
  );

  test('a channel that is kept for something else is none', async () => {
    const { pixels, info } = await first({ ...TWO, planes, layers: 1 });
    expect(info.hasAlpha).toBe(false);
    expect(pixels[0]).toEqual([200, 100, 50, 255]);
  });
});

test('profile, EXIF, XMP and density come along', async () => {
  const xmp = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  const resolution = Buffer.alloc(16);
  resolution.writeUInt32BE(150 * 65_536, 0);
  resolution.writeUInt32BE(150 * 65_536, 8);
  const resources = [
    [0x03ed, resolution],
    [0x040f, matrixProfile(DISPLAY_P3, 2.2)],
    [0x0422, CAMERA],
    [0x0424, xmp],
  ] as const;
  const { picture, info, metadata } = await readPicture(makePsd({ ...TWO, resources }));
  const expected = linearToSrgb(
    [200, 10, 20].map((v) => (v / 255) ** 2.2),
    DISPLAY_P3,
  );
  expect(maxDifference(picture.data.slice(0, 3), Uint8Array.from(expected))).toBeLessThanOrEqual(1);
  expect(info.hadIcc).toBe(true);
  expect(Buffer.from(metadata.exif!).includes('Camera')).toBe(true);
  expect(densityOf(metadata.exif!)).toEqual({ x: 150, y: 150 });
  expect(Buffer.from(metadata.xmp!).equals(xmp)).toBe(true);
});

describe('what cannot be shown is told in one sentence', () => {
  const version = Buffer.from([0, 0, 0, 1, 0]); // the fifth byte: there is no real merged picture
  test.each([
    [{ ...TWO, resources: [[0x0421, version]] as const }, /without a merged picture/],
    [{ ...TWO, mode: LAB }, /Lab or spot colours/],
    [{ ...TWO, compression: 2 }, /cut off or damaged/],
    [{ ...TWO, mode: GREY, planes: [] }, /cut off or damaged/],
    [{ ...TWO, width: 0 }, /cut off or damaged/],
    [{ ...TWO, width: 5000, height: 5000 }, /cut off or damaged/],
    [{ ...TWO, width: 5000, height: 5000, isPacked: true, planes: [] }, /cut off or damaged/],
    [{ ...TWO, width: 300_000, height: 300_000 }, /too large/],
  ])('%o', async (parts, message) => {
    await expect(readPicture(makePsd(parts))).rejects.toThrow(message);
  });
});
