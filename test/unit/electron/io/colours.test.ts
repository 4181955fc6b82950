import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { ADOBE_RGB, DISPLAY_P3, linearToSrgb, matrixProfile, type Primaries, srgbDecode } from './icc.ts';
import { flat, makeFile, maxDifference, pixel } from './make.ts';
import { filled, makeTiff } from './makeTiff.ts';
import { withPngChunk } from './pngChunk.ts';

const COLOURS = [
  [200, 100, 50],
  [40, 180, 90],
  [12, 9, 30],
  [128, 128, 128],
] as const;

const BT_2020: Primaries = [
  [0.708, 0.292],
  [0.17, 0.797],
  [0.131, 0.046],
];

const point = (value: number): number => Math.round(value * 100_000);

/** The chunk that tells white and primaries, in that order. */
function cHRM(primaries: Primaries): Uint8Array {
  const view = new DataView(new ArrayBuffer(32));
  for (const [i, value] of [[0.3127, 0.329], ...primaries].flat().entries())
    view.setUint32(i * 4, point(value));
  return new Uint8Array(view.buffer);
}

function gAMA(exponent: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, point(exponent));
  return new Uint8Array(view.buffer);
}

async function readPng(colour: readonly number[], chunks: Record<string, Uint8Array>): Promise<number[]> {
  let file = await makeFile('.png', flat(4, 4, colour));
  for (const [name, content] of Object.entries(chunks)) file = withPngChunk(file, name, content);
  return pixel((await readPicture(file)).picture, 1, 1).slice(0, 3);
}

function near(found: readonly number[], wanted: readonly number[]): void {
  expect(maxDifference(Uint8Array.from(found), Uint8Array.from(wanted))).toBeLessThanOrEqual(1);
}

describe('colours by numbers', () => {
  test.each(COLOURS)('a PNG with the code points of Display P3 (%i %i %i)', async (...colour) => {
    near(
      await readPng(colour, { cICP: Uint8Array.of(12, 13, 0, 1) }),
      linearToSrgb(colour.map(srgbDecode), DISPLAY_P3),
    );
  });

  test.each(COLOURS)('a PNG with gAMA and the chromaticities of Adobe RGB (%i %i %i)', async (...colour) => {
    const light = colour.map((v) => (v / 255) ** 2.2);
    near(
      await readPng(colour, { cHRM: cHRM(ADOBE_RGB), gAMA: gAMA(1 / 2.2) }),
      linearToSrgb(light, ADOBE_RGB),
    );
  });

  test('a linear PNG', async () => {
    const [colour] = COLOURS;
    near(
      await readPng(colour, { gAMA: gAMA(1) }),
      linearToSrgb(
        colour.map((v) => v / 255),
        SRGB,
      ),
    );
  });

  test('what says sRGB in any way stays as it is', async () => {
    const [colour] = COLOURS;
    expect(await readPng(colour, { cICP: Uint8Array.of(1, 13, 0, 1) })).toEqual(colour);
    expect(await readPng(colour, { gAMA: gAMA(0.45455) })).toEqual(colour);
    expect(await readPng(colour, { gAMA: gAMA(0.9), sRGB: Uint8Array.of(0) })).toEqual(colour);
    expect(await readPng(colour, { cICP: Uint8Array.of(1, 1, 0, 1), gAMA: gAMA(0.9) })).toEqual(colour);
  });

  test('numbers that mean nothing are ignored', async () => {
    const [colour] = COLOURS;
    for (const cICP of [[2, 2, 0, 1], [12, 13, 0, 0], [255, 255, 0, 1], [12]]) {
      expect(await readPng(colour, { cICP: Uint8Array.from(cICP) })).toEqual(colour);
    }
    expect(await readPng(colour, { gAMA: gAMA(0), cHRM: new Uint8Array(32) })).toEqual(colour);
  });

  test('cICP outdoes a profile, and a profile the chunks', async () => {
    const [colour] = COLOURS;
    const tagged = await makeFile('.png', flat(4, 4, colour), { icc: matrixProfile(ADOBE_RGB, 2.2) });
    const adobe = linearToSrgb(
      colour.map((v) => (v / 255) ** (563 / 256)),
      ADOBE_RGB,
    );
    const read = async (file: Uint8Array) => pixel((await readPicture(file)).picture, 0, 0).slice(0, 3);
    near(await read(withPngChunk(tagged, 'gAMA', gAMA(1))), adobe);
    near(
      await read(withPngChunk(tagged, 'cICP', Uint8Array.of(12, 13, 0, 1))),
      linearToSrgb(colour.map(srgbDecode), DISPLAY_P3),
    );
  });

  test('an AVIF in BT.2020', async () => {
    const file = readFileSync(join(import.meta.dirname, '../../../fixtures/files/bt2020.avif'));
    const { picture } = await readPicture(file);
    const patched = Buffer.from(file);
    patched.writeUInt16BE(1, patched.indexOf('colrnclx') + 8);
    const raw = (await readPicture(patched)).picture;
    for (let at = 0; at < raw.data.length; at += 4 * 997) {
      const wanted = linearToSrgb([...raw.data.subarray(at, at + 3)].map(srgbDecode), BT_2020);
      near([...picture.data.subarray(at, at + 3)], wanted);
    }
  });
});

const SRGB: Primaries = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
];
const PRO_PHOTO: Primaries = [
  [0.7347, 0.2653],
  [0.1596, 0.8404],
  [0.0366, 0.0001],
];

test('16 bits with a wide profile are as exact as the formula, also in the dark', async () => {
  const data = Uint16Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 5077) % (i % 2 ? 65_536 : 4096));
  const file = await makeFile(
    '.png',
    { width: 64, height: 64, bands: 3, data },
    { icc: matrixProfile(PRO_PHOTO, 1.8) },
  );
  const { picture } = await readPicture(file);
  const wanted = new Uint8Array(picture.data);
  for (let i = 0; i < 64 * 64; i++) {
    const light = [...data.subarray(3 * i, 3 * i + 3)].map((v) => (v / 65_535) ** (461 / 256));
    wanted.set(linearToSrgb(light, PRO_PHOTO), 4 * i);
  }
  expect(maxDifference(picture.data, wanted)).toBeLessThanOrEqual(1);
});

describe('TIFF', () => {
  const first = async (file: Uint8Array) => pixel((await readPicture(file)).picture, 1, 1);
  const page = (photometric: number, colour: readonly number[], rest = {}) => ({
    width: 8,
    height: 6,
    photometric,
    data: filled(8, 6, colour),
    ...rest,
  });

  test.each([
    ['CIE', 8, [0, 0]],
    ['ICC', 9, [128, 128]],
    ['ITU', 10, [128, 96]],
  ])('L*a*b* of 8 bits, as %s has it', async (_kind, photometric, [a, b]) => {
    const { info } = await readPicture(makeTiff([page(photometric, [137, a!, b!])]));
    expect(info.colourSpace).toBe('lab');
    const grey = await first(makeTiff([page(photometric, [137, a!, b!])]));
    near(grey, [128, 128, 128, 255]); // L* 53.7 is sRGB 128
  });

  test('colours of L*a*b* are those of the formula', async () => {
    near(await first(makeTiff([page(8, [138, 20, 30])])), [172, 116, 78, 255]);
    near(await first(makeTiff([page(8, [138, 20, 30, 128], { extra: 2 })])), [172, 116, 78, 128]);
  });

  test('L*a*b* of 16 bits', async () => {
    const samples = Uint16Array.from(
      { length: 8 * 6 * 3 },
      (_, i) => [Math.round(0.537 * 65_535), 0, 0][i % 3]!,
    );
    near(await first(makeTiff([{ ...page(8, [0]), data: samples }])), [128, 128, 128, 255]);
  });

  test('an extra sample is alpha only where the file says so', async () => {
    expect(await first(makeTiff([page(2, [9, 99, 199, 50], { extra: 0 })]))).toEqual([9, 99, 199, 255]);
    expect(await first(makeTiff([page(2, [9, 99, 199, 50], { extra: 2 })]))).toEqual([9, 99, 199, 50]);
  });

  test('the largest page is read, not the thumbnail before it; any can be asked for', async () => {
    const file = makeTiff([
      { ...page(2, [1, 2, 3]), width: 4, height: 3, data: filled(4, 3, [1, 2, 3]) },
      page(2, [7, 8, 9]),
      page(2, [4, 5, 6]),
    ]);
    const { picture, info } = await readPicture(file);
    expect(info).toMatchObject({ width: 8, height: 6, frames: 3, frame: 2 });
    expect(pixel(picture, 0, 0)).toEqual([7, 8, 9, 255]);
    const asked = await readPicture(file, 'it', { page: 1 });
    expect(asked.info).toMatchObject({ width: 4, height: 3, frame: 1 });
    await expect(readPicture(file, 'It', { page: 4 })).rejects.toMatchObject({
      code: 'input',
      message: 'It holds 3 pictures.',
    });
  });

  test('a chain of pages that leads in a circle ends', async () => {
    const file = makeTiff([page(2, [7, 8, 9])]);
    new DataView(file.buffer).setUint32(file.length - 4, new DataView(file.buffer).getUint32(4, true), true);
    expect((await readPicture(file)).info).toMatchObject({ width: 8, height: 6 });
  });
});

describe('JPEG', () => {
  const photo = flat(300, 200, [120, 60, 30]);

  test('a file that lacks nothing but its end marker opens', async () => {
    const file = await makeFile('.jpg', photo);
    expect([...file.subarray(-2)]).toEqual([0xff, 0xd9]);
    const whole = (await readPicture(file)).picture;
    expect((await readPicture(file.subarray(0, -2))).picture).toEqual(whole);
  });

  test('one that lacks more does not', async () => {
    const file = await makeFile('.jpg', photo);
    await expect(readPicture(file.subarray(0, -40), 'It')).rejects.toMatchObject({ code: 'input' });
  });

  test('one that paints a large picture hundreds of times over is refused before that', async () => {
    const file = Buffer.from(await makeFile('.jpg', flat(4000, 3000, [9]), { save: { interlace: true } }));
    const scan = file.indexOf(Buffer.of(0xff, 0xda));
    const end = file.length - 2;
    const bomb = Buffer.concat([
      file.subarray(0, end),
      ...Array<Buffer>(500).fill(file.subarray(scan, end)),
      file.subarray(end),
    ]);
    await expect(readPicture(bomb, 'It')).rejects.toMatchObject({ code: 'limit' });
  });
});
