import { describe, expect, test } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { concat } from '../../../../../electron/io/metadata/blocks.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { readPictureInfo } from '../../../../../electron/io/pictureInfo.ts';
import { makeExif } from '../exif.ts';
import { DISPLAY_P3, linearToSrgb, matrixProfile, srgbDecode } from '../icc.ts';
import { makeTiff } from '../makeTiff.ts';
import { flat, makeFile, maxDifference, pixel, rgbOf } from '../make.ts';
import { fixture, shown } from './fixtures.ts';

const whole = shown();
const CAMERA = makeExif({ orientation: 1, make: 'Camera', width: 40, height: 24 });

describe('HEIC', () => {
  test.each([
    ['plain.heic', 8, 0],
    ['deep.heic', 10, 1],
  ])('%s has the pixels that were put in', async (name, sourceBitDepth, tolerance) => {
    const { picture, info } = await readPicture(await fixture(name));
    expect(info).toMatchObject({
      format: 'heic',
      width: 40,
      height: 24,
      sourceBitDepth,
      hasAlpha: false,
      frames: 1,
    });
    expect(maxDifference(picture.data, whole.data)).toBeLessThanOrEqual(tolerance);
  });

  test('as cameras write it, it is near them', async () => {
    const { picture } = await readPicture(await fixture('usual.heic'));
    const sum = picture.data.reduce((total, value, i) => total + Math.abs(value - whole.data[i]!), 0);
    expect(sum / picture.data.length).toBeLessThan(6);
  });

  test('transparency', async () => {
    const { picture, info } = await readPicture(await fixture('alpha.heic'));
    expect(info.hasAlpha).toBe(true);
    expect(pixel(picture, 20, 3)).toEqual([120, 30, 64, 120]);
  });

  test('it is upright once, and its metadata come along', async () => {
    const { picture, info, metadata } = await readPicture(await fixture('turned.heic'));
    expect(info).toMatchObject({ width: 40, height: 24, orientation: 1 });
    expect(maxDifference(picture.data, whole.data)).toBe(0);
    expect(Buffer.from(metadata.exif!).includes('Camera')).toBe(true);
    expect(Buffer.from(metadata.xmp!).includes('xmpmeta')).toBe(true);
  });

  test('a profile is followed', async () => {
    const { picture, info } = await readPicture(await fixture('profile.heic'));
    expect(info.hadIcc).toBe(true);
    expect(maxDifference(picture.data, whole.data)).toBeLessThanOrEqual(1); // that of sRGB
  });

  test('of several pictures the main one is read, unless another is wanted', async () => {
    const file = await fixture('second.heic');
    const { picture, info } = await readPicture(file);
    expect(info).toMatchObject({ frames: 2, frame: 2, width: 40 });
    expect(maxDifference(picture.data, whole.data)).toBe(0);
    const one = await readPicture(file, 'two', { page: 1 });
    expect(pixel(one.picture, 3, 3)).toEqual([10, 20, 30, 255]);
    await expect(readPicture(file, 'two', { page: 3 })).rejects.toThrow('holds 2 pictures');
  });
});

describe('JPEG 2000', () => {
  test.each(['plain.jp2', 'bare.j2k', 'tiles.jp2'])('%s has the pixels that were put in', async (name) => {
    const { picture, info } = await readPicture(await fixture(name));
    expect(info).toMatchObject({ format: 'jp2', sourceBitDepth: 8, colourSpace: 'rgb', hasAlpha: false });
    expect(picture).toEqual(whole);
  });

  test('lossy, it is near them', async () => {
    const { picture } = await readPicture(await fixture('usual.jp2'));
    const sum = picture.data.reduce((total, value, i) => total + Math.abs(value - whole.data[i]!), 0);
    expect(sum / picture.data.length).toBeLessThan(6);
  });

  test('grey of 8 and 16 bits', async () => {
    const grey = await readPicture(await fixture('grey.jp2'));
    expect(grey.info.colourSpace).toBe('grey');
    expect(pixel(grey.picture, 20, 3)).toEqual([120, 120, 120, 255]);
    const deep = await readPicture(await fixture('deep.jp2'));
    expect(deep.info.sourceBitDepth).toBe(16);
    expect(pixel(deep.picture, 20, 3)).toEqual([131, 131, 131, 255]); // 20 * 1680 of 65535
  });

  test('profile, EXIF and XMP are found in their boxes', async () => {
    const plain = await fixture('plain.jp2');
    const icc = matrixProfile(DISPLAY_P3, 2.2);
    const { picture, info, metadata } = await readPicture(
      withBoxes(plain, icc, [
        [Buffer.from('JpgTiffExif->JP2', 'latin1'), CAMERA],
        [Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), Buffer.from('<x:xmpmeta/>')],
      ]),
    );
    const [red, green, blue] = pixel(whole, 20, 12) as [number, number, number];
    const expected = linearToSrgb(
      [red, green, blue].map((v) => (v / 255) ** 2.2),
      DISPLAY_P3,
    );
    expect(
      maxDifference(Uint8Array.from(pixel(picture, 20, 12).slice(0, 3)), Uint8Array.from(expected)),
    ).toBeLessThanOrEqual(1);
    expect(info.hadIcc).toBe(true);
    expect(Buffer.from(metadata.exif!).includes('Camera')).toBe(true);
    expect(Buffer.from(metadata.xmp!).toString()).toBe('<x:xmpmeta/>');
  });

  test('what its decoder gives wrongly is refused', async () => {
    await expect(readPicture(await fixture('alpha.jp2'), 'a.jp2')).rejects.toThrow(
      'a.jp2 is a JPEG 2000 picture with transparency, which cannot be opened.',
    );
    const deep = await fixture('bare.j2k');
    deep[42] = deep[45] = deep[48] = 11; // bits per sample in SIZ, less one
    await expect(readPicture(deep)).rejects.toThrow('more than 8 bits per colour');
    const shifted = await fixture('bare.j2k');
    shifted[19] = 1;
    await expect(readPicture(shifted)).rejects.toThrow('an uncommon layout');
  });
});

/** Puts a profile in place of the colour space of a JP2, and boxes with identifiers before its codestream. */
function withBoxes(
  file: Uint8Array,
  icc: Uint8Array,
  uuids: readonly (readonly [Uint8Array, Uint8Array])[],
): Uint8Array {
  const bytes = Buffer.from(file);
  const box = (type: string, ...parts: Uint8Array[]): Buffer => {
    const content = Buffer.concat(parts);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(content.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, content]);
  };
  const header = bytes.indexOf('jp2h', 0, 'latin1') - 4;
  const colours = bytes.indexOf('colr', 0, 'latin1') - 4;
  const end = header + bytes.readUInt32BE(header);
  const after = colours + bytes.readUInt32BE(colours);
  const inside = [
    bytes.subarray(header + 8, colours),
    box('colr', Buffer.of(2, 0, 0), icc),
    bytes.subarray(after, end),
  ];
  return concat([
    bytes.subarray(0, header),
    box('jp2h', ...inside),
    ...uuids.map(([id, content]) => box('uuid', id, content)),
    bytes.subarray(end),
  ]);
}

describe('JPEG XL', () => {
  test.each([
    [{ lossless: true }, 0],
    [{ distance: 1 }, 40],
  ])('%o', async (save, tolerance) => {
    const { picture, info } = await readPicture(await makeFile('.jxl', rgbOf(whole), { save }));
    expect(info).toMatchObject({ format: 'jxl', width: 40, height: 24, sourceBitDepth: 8, hasAlpha: false });
    expect(maxDifference(picture.data, whole.data)).toBeLessThanOrEqual(tolerance);
  });

  test('16 bits with a profile, and EXIF', async () => {
    const data = Uint16Array.from([200, 100, 50], (v) => v * 257);
    const made = { icc: 'p3', exif: CAMERA, save: { lossless: true } } as const;
    const file = await makeFile('.jxl', { width: 1, height: 1, bands: 3, data }, made);
    const { picture, info, metadata } = await readPicture(file);
    const expected = linearToSrgb([200, 100, 50].map(srgbDecode), DISPLAY_P3);
    expect(info.sourceBitDepth).toBe(16);
    expect(maxDifference(picture.data.slice(0, 3), Uint8Array.from(expected))).toBeLessThanOrEqual(1);
    expect(Buffer.from(metadata.exif!).includes('Camera')).toBe(true);
  });
});

describe('GIF', () => {
  test('the first frame of an animation, with its transparency', async () => {
    const frames = { width: 4, height: 8, bands: 4, data: new Uint8Array(128).fill(200, 0, 64).fill(50, 64) };
    for (let at = 3; at < 128; at += 4) frames.data[at] = at < 32 ? 0 : 255;
    const { picture, info } = await readPicture(await makeFile('.gif', frames, { pageHeight: 4 }));
    expect(info).toMatchObject({ format: 'gif', width: 4, height: 4, frames: 2, frame: 1, hasAlpha: true });
    expect(pixel(picture, 3, 0)[3]).toBe(0);
    expect(pixel(picture, 3, 3)).toEqual([200, 200, 200, 255]);
  });
});

test('the header alone tells what a file is', async () => {
  for (const name of ['plain.heic', 'plain.jp2', 'plain.psd', 'plain.bmp']) {
    const { info } = await readPictureInfo(`test/fixtures/pictures/${name}`);
    expect(info).toMatchObject({ width: 40, height: 24, sourceBitDepth: 8 });
  }
});

const FILES = [
  'plain.heic',
  'usual.heic',
  'plain.jp2',
  'tiles.jp2',
  'plain.psd',
  'raw.psd',
  'palette.bmp',
  'plain.bmp',
];

test.each([...FILES, '.gif', '.jxl'])('%s, cut off anywhere, is refused in one sentence', async (name) => {
  const file = name.startsWith('.') ? await makeFile(name, rgbOf(whole)) : await fixture(name);
  for (let share = 0.02; share < 1; share += 0.14) {
    const cut = file.slice(0, Math.floor(file.length * share));
    for (const partial of [false, true]) {
      const error = await readPicture(cut, 'cut', { partial }).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error, `${share} of ${name}`).toBeInstanceOf(TesseraError);
      expect(['input', 'limit']).toContain((error as TesseraError).code);
      expect((error as TesseraError).message).toMatch(/^cut is /);
    }
  }
});

describe('raw photographs are refused by their name', () => {
  const sensor = (tags: Parameters<typeof makeTiff>[0][number]['tags'], photometric = 2) =>
    makeTiff([
      {
        width: 2,
        height: 2,
        photometric,
        data: new Uint8Array(photometric === 2 ? 12 : 4),
        ...(tags && { tags }),
      },
    ]);
  const canonTwo = concat([Buffer.from('II*\0\x10\0\0\0CR\x02\0', 'latin1'), new Uint8Array(20)]);

  test.each([
    ['DNG', sensor([[50_706, 4, [1]]])],
    ['a page of what the sensor saw', sensor(undefined, 32_803)],
    ['CR2', canonTwo],
    ['CR3', Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'latin1')],
    ['RAF', Buffer.from('FUJIFILMCCD-RAW 0201')],
    ['RW2', Buffer.from('IIU\0\x18\0\0\0', 'latin1')],
    ['ORF', Buffer.from('IIRO\x08\0\0\0', 'latin1')],
  ])('%s', async (_, file) => {
    await expect(readPicture(new Uint8Array(file), 'shot')).rejects.toMatchObject({
      code: 'input',
      message: 'shot is a raw photograph of a camera, which cannot be opened.',
      hint: expect.stringContaining('raw converter') as string,
    });
  });

  test('one inside a preview, as Nikon and Sony write it', async () => {
    const inner = 200;
    const file = Buffer.alloc(260);
    file.set(
      makeTiff([{ width: 1, height: 1, photometric: 2, data: new Uint8Array(3), tags: [[330, 4, [inner]]] }]),
    );
    file.writeUInt16LE(1, inner);
    file.set([6, 1, 3, 0, 1, 0, 0, 0, 0x23, 0x80, 0, 0], inner + 2); // photometric interpretation: 32803
    await expect(readPicture(new Uint8Array(file))).rejects.toThrow('raw photograph');
  });

  test('a plain TIFF is none', async () => {
    const { info } = await readPicture(await makeFile('.tif', flat(3, 2, [1, 2, 3])));
    expect(info.format).toBe('tiff');
  });
});
