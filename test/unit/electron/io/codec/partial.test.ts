import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { TesseraError } from '../../../../../core/base/errors.ts';
import type { DecodedPicture } from '../../../../../electron/io/codec/decode.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { gradient, makeFile, rgbOf, type Samples } from '../make.ts';

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

  test.each(['.png', '.tif'])('%s: before its first row is refused plainly', async (suffix) => {
    const file = await makeFile(suffix, photo);
    const refusal = await inPart(cut(file, 0.02)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'input',
      message: expect.stringContaining('and nothing of its picture can be read.') as string,
    });
    expect((refusal as TesseraError).damaged).toBeUndefined();
  });

  test('AVIF has nothing in part, so that is not offered', async () => {
    const file = await makeFile('.avif', photo);
    for (const read of [readPicture, inPart]) {
      const refusal = await read(cut(file, 0.7)).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'input', hint: expect.stringContaining('in part') as string });
      expect((refusal as TesseraError).damaged).toBeUndefined();
    }
  });
});

describe('a WebP that is cut off', () => {
  const clear = gradient(WIDTH, HEIGHT);
  clear.data.forEach((_, i) => {
    if (i % 4 === 3) clear.data[i] = i % 251;
  });
  const withAlpha: Samples = { ...clear, bands: 4 };

  test.each([
    ['lossy', photo, { Q: 80 }],
    ['lossless', noise(), { lossless: true }],
    ['with alpha', withAlpha, { Q: 80 }],
  ] as const)('%s: what does not depend on the rest is read', async (_, samples, save) => {
    const file = await makeFile('.webp', samples, { save });
    const whole = await readPicture(file);
    const part = await inPart(cut(file, 0.8));
    expect(part.missing!.height).toBeLessThan(HEIGHT * 0.7);
    expectPartOf(part, whole);
  });

  test('after its picture lacks nothing of it', async () => {
    const exif = new Uint8Array(Buffer.from('II*\0\b\0\0\0\0\0\0\0\0\0', 'latin1'));
    const file = await makeFile('.webp', photo, { exif });
    const part = await inPart(file.slice(0, -4));
    expect(part.missing).toBeNull();
    expectPartOf(part, await readPicture(file));
  });
});

describe('an interlaced PNG that is cut off', () => {
  const layouts: [string, Samples, object][] = [
    ['colours', photo, {}],
    ['grey of 16 bits', deepGrey(), {}],
    ['a palette of 4 bits', photo, { palette: true, bitdepth: 4 }],
    [
      'one bit',
      { ...deepGrey(), data: Uint8Array.from(deepGrey().data, (v) => (v >> 15) * 255) },
      { bitdepth: 1 },
    ],
  ];

  test.each(layouts)(
    '%s: has the pixels that are there, and others after their neighbours',
    async (_, samples, save) => {
      const file = await makeFile('.png', samples, { save: { ...save, interlace: true } });
      const whole = await readPicture(file);
      const part = await inPart(cut(file, 0.6));
      expect(part.missing).toBeNull();
      // Until the sixth pass half of the pixels of every other row are there.
      const exact = [0, 0, 0, 0];
      each(part, whole, (x, y, same) => {
        if (same && y % 2 === 0) exact[x % 4]!++;
      });
      const all = (WIDTH / 4) * (HEIGHT / 2);
      expect([exact[0], exact[2]]).toEqual([all, all]);
      each(part, whole, (x, y) => {
        const from = 4 * ((y & ~3) * WIDTH + (x & ~3));
        const at = 4 * (y * WIDTH + x);
        expect(part.picture.data[at + 3]).toBe(255);
        if (x % 4 === 0 && y % 4 === 0) expect(part.picture.data[at]).toBe(whole.picture.data[from]);
      });
    },
  );

  test('in its first pass lacks the rows below', async () => {
    const file = await makeFile('.png', noise(), { save: { interlace: true } });
    const part = await inPart(cut(file, 0.01));
    expect(part.missing).toMatchObject({ x: 0, width: WIDTH });
    expect(part.missing!.y % 8).toBe(0);
    const below = part.picture.data.subarray(4 * WIDTH * part.missing!.y);
    expect(below.every((v) => v === 0)).toBe(true);
  });

  function each(
    part: DecodedPicture,
    whole: DecodedPicture,
    see: (x: number, y: number, same: boolean) => void,
  ): void {
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const at = 4 * (y * WIDTH + x);
        const same = [0, 1, 2].every((i) => part.picture.data[at + i] === whole.picture.data[at + i]);
        see(x, y, same);
      }
    }
  }
});

function deepGrey(): Samples & { data: Uint16Array } {
  const data = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * 2017) % 65_536);
  return { width: WIDTH, height: HEIGHT, bands: 1, data };
}

/** What cannot be made smaller. */
function noise(): Samples {
  let state = 1;
  const data = Uint8Array.from(
    { length: WIDTH * HEIGHT * 3 },
    () => (state = (state * 16_807) % 2_147_483_647) >> 7,
  );
  return { width: WIDTH, height: HEIGHT, bands: 3, data };
}

test.each([true, false])(
  'a TIFF that is cut off after its directory has its first strips (deflate: %s)',
  async (deflate) => {
    const file = tiffOf(photo, 10, deflate);
    const whole = await readPicture(file);
    const part = await inPart(cut(file, 0.6));
    expect(part.missing!.y).toBeGreaterThan(HEIGHT / 4);
    expectPartOf(part, whole);
  },
);

/** A TIFF as cameras write it: its directory comes first. */
function tiffOf({ width, height, data }: Samples, rows: number, deflate: boolean): Uint8Array {
  const strips = Array.from({ length: height / rows }, (_, i) => {
    const raw = data.subarray(i * rows * width * 3, (i + 1) * rows * width * 3) as Uint8Array;
    return deflate ? deflateSync(raw) : Buffer.from(raw);
  });
  const tags: [tag: number, type: 3 | 4, values: number[]][] = [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, [8, 8, 8]],
    [259, 3, [deflate ? 8 : 1]],
    [262, 3, [2]],
    [273, 4, []], // where strips lie; known below
    [277, 3, [3]],
    [278, 4, [rows]],
    [279, 4, strips.map(({ length }) => length)],
  ];
  const directory = 8;
  const rest = directory + 2 + tags.length * 12 + 4;
  const first = rest + 6 + 2 * 4 * strips.length;
  let end = first;
  tags[5]![2] = strips.map(({ length }) => (end += length) - length);
  const head = Buffer.alloc(first);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(directory, 4);
  head.writeUInt16LE(tags.length, directory);
  let free = rest;
  for (const [i, [tag, type, values]] of tags.entries()) {
    const at = directory + 2 + i * 12;
    const size = type === 3 ? 2 : 4;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(values.length, at + 4);
    const to = values.length * size <= 4 ? at + 8 : free;
    if (to === free) {
      head.writeUInt32LE(free, at + 8);
      free += values.length * size;
    }
    values.forEach((value, k) => head.writeUIntLE(value, to + k * size, size));
  }
  return new Uint8Array(Buffer.concat([head, ...strips]));
}

test.each(['.jpg', '.png', '.webp', '.tif', '.avif'])('a whole file is read whole: %s', async (suffix) => {
  const file = await makeFile(suffix, photo);
  const part = await inPart(file);
  expect(part.missing).toBeNull();
  expectPartOf(part, await readPicture(file));
});
