import { describe, expect, test } from 'vitest';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { ADOBE_RGB, DISPLAY_P3, linearToSrgb, matrixProfile, srgbDecode } from '../icc.ts';
import { flat, gradient, makeFile, maxDifference, pixel, rgbOf } from '../make.ts';

const photo = gradient(61, 43);

describe('formats', () => {
  test.each([
    ['png', '.png', {}, 0],
    ['tiff', '.tif', {}, 0],
    ['tiff', '.tif', { compression: 'lzw', tile: true, tile_width: 16, tile_height: 16 }, 0],
    ['webp', '.webp', { lossless: true }, 0],
    ['jpeg', '.jpg', { Q: 100, subsample_mode: 'off' }, 6],
    ['jpeg', '.jpg', { Q: 100, subsample_mode: 'off', interlace: true }, 6],
    ['avif', '.avif', { lossless: true }, 2],
  ])('%s (%s %o)', async (format, suffix, save, tolerance) => {
    const { picture, info } = await readPicture(await makeFile(suffix, rgbOf(photo), { save }));
    expect(info).toMatchObject({
      format,
      width: 61,
      height: 43,
      sourceBitDepth: 8,
      hasAlpha: false,
      frames: 1,
    });
    expect(maxDifference(picture.data, photo.data)).toBeLessThanOrEqual(tolerance);
  });

  test('only the first frame of an animation is read', async () => {
    const frames = { width: 4, height: 8, bands: 3, data: new Uint8Array(96).fill(200, 0, 48).fill(50, 48) };
    const file = await makeFile('.webp', frames, { pageHeight: 4, save: { lossless: true } });
    const { picture, info } = await readPicture(file);
    expect(info).toMatchObject({ width: 4, height: 4, frames: 2 });
    expect(pixel(picture, 3, 3)).toEqual([200, 200, 200, 255]);
  });
});

describe('samples', () => {
  test.each(['.png', '.tif'])('16 bit becomes 8 bit (%s)', async (suffix) => {
    const deep = { ...rgbOf(photo), data: Uint16Array.from(rgbOf(photo).data, (v) => v * 257) };
    const { picture, info } = await readPicture(await makeFile(suffix, deep));
    expect(info.sourceBitDepth).toBe(16);
    expect(picture.data).toEqual(photo.data);
  });

  test('16 bit with alpha and a profile', async () => {
    const data = Uint16Array.from([200, 100, 50, 128], (v) => v * 257);
    const file = await makeFile('.png', { width: 1, height: 1, bands: 4, data }, { icc: 'p3' });
    const { picture } = await readPicture(file);
    const expected = linearToSrgb([200, 100, 50].map(srgbDecode), DISPLAY_P3);
    expect(maxDifference(picture.data, Uint8Array.of(...expected, 128))).toBeLessThanOrEqual(1);
  });

  test('grey, and grey with alpha', async () => {
    const grey = await readPicture(await makeFile('.png', flat(3, 2, [77])));
    expect(grey.info).toMatchObject({ colourSpace: 'grey', hasAlpha: false });
    expect(pixel(grey.picture, 2, 1)).toEqual([77, 77, 77, 255]);
    const soft = await readPicture(await makeFile('.png', flat(3, 2, [77, 9])));
    expect(soft.info.hasAlpha).toBe(true);
    expect(pixel(soft.picture, 2, 1)).toEqual([77, 77, 77, 9]);
  });

  test('a palette, at 8 and at 1 bit per pixel', async () => {
    const file = await makeFile('.png', flat(5, 5, [250, 10, 130]), { save: { palette: true } });
    expect(pixel((await readPicture(file)).picture, 4, 4)).toEqual([250, 10, 130, 255]);
    const bits = await makeFile('.png', flat(9, 3, [255]), { save: { bitdepth: 1 } });
    const { picture, info } = await readPicture(bits);
    expect(info.sourceBitDepth).toBe(1);
    expect(pixel(picture, 8, 2)).toEqual([255, 255, 255, 255]);
  });

  test('colours under alpha 0 survive', async () => {
    const { picture } = await readPicture(await makeFile('.png', flat(2, 2, [12, 34, 56, 0])));
    expect(pixel(picture, 1, 1)).toEqual([12, 34, 56, 0]);
  });

  test.each(['.jpg', '.tif'])('CMYK without a profile looks like its inks (%s)', async (suffix) => {
    const read = async (inks: number[]) => {
      const { picture, info } = await readPicture(await makeFile(suffix, flat(16, 16, inks, 'cmyk')));
      expect(info.colourSpace).toBe('cmyk');
      return pixel(picture, 8, 8);
    };
    const white = await read([0, 0, 0, 0]);
    expect(Math.min(...white)).toBeGreaterThan(245);
    const [cr, cg, cb] = await read([255, 0, 0, 0]);
    expect(cr! < 60 && cg! > 130 && cb! > 200).toBe(true); // cyan
    const [yr, yg, yb] = await read([0, 0, 255, 0]);
    expect(yr! > 220 && yg! > 200 && yb! < 90).toBe(true); // yellow
    const black = await read([0, 0, 0, 255]);
    expect(Math.max(...black.slice(0, 3))).toBeLessThan(70);
  });
});

describe('colour profiles', () => {
  const colours = [
    [200, 100, 50],
    [40, 180, 90],
    [128, 128, 128],
    [255, 0, 0],
    [10, 20, 240],
  ];

  test.each(['.png', '.jpg', '.webp', '.tif', '.avif'])('Display P3 becomes sRGB (%s)', async (suffix) => {
    for (const colour of colours) {
      const save = suffix === '.jpg' ? { Q: 100 } : suffix === '.png' ? {} : { lossless: true };
      const file = await makeFile(suffix, flat(16, 16, colour), {
        icc: 'p3',
        save: suffix === '.tif' ? {} : save,
      });
      const { picture, info } = await readPicture(file);
      expect(info.hadIcc).toBe(true);
      const expected = linearToSrgb(colour.map(srgbDecode), DISPLAY_P3);
      const tolerance = suffix === '.png' || suffix === '.tif' ? 1 : 4; // the others round through YUV
      expect(
        maxDifference(Uint8Array.from(pixel(picture, 8, 8)), Uint8Array.of(...expected, 255)),
      ).toBeLessThanOrEqual(tolerance);
    }
  });

  test('Adobe RGB becomes sRGB', async () => {
    const icc = matrixProfile(ADOBE_RGB, 563 / 256);
    for (const colour of colours) {
      const { picture } = await readPicture(await makeFile('.png', flat(4, 4, colour), { icc }));
      const expected = linearToSrgb(
        colour.map((v) => (v / 255) ** (563 / 256)),
        ADOBE_RGB,
      );
      expect(maxDifference(picture.data.subarray(0, 4), Uint8Array.of(...expected, 255))).toBeLessThanOrEqual(
        1,
      );
    }
  });

  test('an sRGB profile changes no pixel', async () => {
    const first = await makeFile('.png', rgbOf(photo), { save: { profile: 'srgb', keep: 'icc' } });
    const { picture, info } = await readPicture(first);
    expect(info.hadIcc).toBe(true);
    expect(picture.data).toEqual(photo.data);
  });

  test('a profile that is broken or for other channels is ignored', async () => {
    const rgbProfile = matrixProfile(ADOBE_RGB, 2.2);
    for (const icc of [rgbProfile.subarray(0, 200), new Uint8Array(300)]) {
      const file = await makeFile('.tif', flat(4, 4, [200, 100, 50]), { icc });
      expect(pixel((await readPicture(file)).picture, 0, 0)).toEqual([200, 100, 50, 255]);
    }
    const grey = await makeFile('.tif', flat(4, 4, [99]), { icc: rgbProfile });
    expect(pixel((await readPicture(grey)).picture, 0, 0)).toEqual([99, 99, 99, 255]);
  });
});
