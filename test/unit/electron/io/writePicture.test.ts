import fc from 'fast-check';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../../core/pixels/picture.ts';
import { readFillRecord } from '../../../../electron/io/readFillRecord.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import type { FillRecord } from '../../../../core/fill/record.ts';
import { writePicture } from '../../../../electron/io/writePicture.ts';
import { makeExif, withExif } from './exif.ts';
import { gradient, inFolder, makeFile, maxDifference, rgbOf } from './make.ts';

const record: FillRecord = {
  format: 1,
  software: 'Tessera 0.1.0',
  operation: 'fill',
  package: { id: 'tessera <"default"> & Söhne', version: '1.2.0' },
  preset: 'Balanced',
  seed: 4_294_967_295,
  candidate: 2,
  hole: { tokens: 137, pixels: 35_072 },
  settings: { order: 'halton', temperature: 0.9, filters: { topK: 50 } },
};

const anyPicture = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((data): Picture => ({ width, height, data })),
  );

describe('pixels', () => {
  test.each(['.png', '.webp'])('%s keeps every RGBA value, also under alpha 0', async (suffix) => {
    await inFolder(async (folder) => {
      const path = join(folder, `a${suffix}`);
      await fc.assert(
        fc.asyncProperty(anyPicture, async (picture) => {
          await writePicture(path, picture, { quality: 100 });
          expect((await readPicture(path)).picture).toEqual(picture);
        }),
        { numRuns: 25 },
      );
      const clear = { width: 3, height: 1, data: Uint8Array.of(1, 2, 3, 0, 250, 0, 9, 0, 7, 7, 7, 255) };
      await writePicture(path, clear, { quality: 100 });
      expect((await readPicture(path)).picture).toEqual(clear);
    });
  });

  test.each(['.jpg', '.webp'])('%s stays close, and closer at a higher quality', async (suffix) => {
    await inFolder(async (folder) => {
      const picture = gradient(64, 64);
      const error = async (quality: number) => {
        const path = join(folder, `q${quality}${suffix}`);
        await writePicture(path, picture, { quality });
        const back = (await readPicture(path)).picture.data;
        return back.reduce((sum, v, i) => sum + Math.abs(v - picture.data[i]!), 0) / back.length;
      };
      expect(await error(95)).toBeLessThan(await error(30));
      expect(await error(95)).toBeLessThan(20);
    });
  });

  test('transparent parts of a JPEG lie on white', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.jpg');
      await writePicture(path, { width: 8, height: 8, data: new Uint8Array(256) });
      const { picture } = await readPicture(path);
      expect(maxDifference(picture.data, new Uint8Array(256).fill(255))).toBeLessThanOrEqual(2);
    });
  });
});

describe.each(['.png', '.jpg', '.webp'])('what travels inside (%s)', (suffix) => {
  const picture = gradient(24, 16);
  const exif = makeExif({
    orientation: 6,
    make: 'Camera',
    width: 16,
    height: 24,
    thumbnail: new Uint8Array(40).fill(7),
  });

  test('what was done reads back, and viewers find it as plain text', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, `a${suffix}`);
      await writePicture(path, picture, { record });
      expect(await readFillRecord(path)).toEqual(record);
      const raw = (await readFile(path)).toString('latin1');
      expect(raw).toContain('tessera:Seed="4294967295"');
      expect(raw).toContain('Filled 137 tokens (35072 px) with tessera ');
    });
  });

  test('pictures that others wrote have no record', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, `a${suffix}`);
      await writePicture(path, picture);
      expect(await readFillRecord(path)).toBeUndefined();
    });
  });

  test('the source EXIF is kept, made true: upright, sRGB, new size, no thumbnail', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, `a${suffix}`);
      const source = await readPicture(withExif(await makeFile('.jpg', rgbOf(gradient(16, 24))), exif));
      await writePicture(path, picture, { metadata: source.metadata, record });
      const back = await readPicture(path);
      const plain = makeExif({ orientation: 1, make: 'Camera', width: 24, height: 16 });
      const written = Buffer.from(back.metadata.exif!);
      expect(back.info.orientation).toBe(1);
      expect([back.info.width, back.info.height]).toEqual([24, 16]);
      expect(written.includes('Camera')).toBe(true);
      expect(written.includes(Buffer.of(7, 7, 7))).toBe(false);
      expect(written.readUInt32LE(46)).toBe(0); // no second directory
      const detail = written.subarray(50, 90);
      const expected = Buffer.from(plain.subarray(50, 90));
      expected.writeUInt16LE(1, 2 + 8); // ColorSpace: sRGB
      expect(detail).toEqual(expected);
    });
  });

  test('the same arguments give the same bytes, and nothing else lies beside the file', async () => {
    await inFolder(async (folder) => {
      const [a, b] = [join(folder, `a${suffix}`), join(folder, `b${suffix}`)];
      await writePicture(a, picture, { metadata: { exif }, record });
      await writePicture(b, picture, { metadata: { exif }, record });
      expect((await readFile(a)).equals(await readFile(b))).toBe(true);
      expect(await readdir(folder)).toEqual([`a${suffix}`, `b${suffix}`]);
    });
  });

  test('marked as sRGB', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, `a${suffix}`);
      await writePicture(path, picture);
      const raw = await readFile(path);
      if (suffix === '.png') expect(raw.includes('sRGB')).toBe(true);
      else expect((await readPicture(path)).info.hadIcc).toBe(true);
    });
  });
});

describe('requests that cannot be met', () => {
  const picture = gradient(4, 4);

  test.each([
    ['a.gif', {}, 'usage', /ends in "\.gif"/],
    ['a', {}, 'usage', /has no extension/],
    ['a.jpg', { quality: 0 }, 'usage', /quality 0 is not between 1 and 100/],
    ['a.jpg', { quality: NaN }, 'usage', /quality NaN/],
    ['missing/a.png', {}, 'output', /^The folder ".*missing" does not exist\.$/],
  ])('%s %o', async (name, options, code, message) => {
    await inFolder(async (folder) => {
      await expect(writePicture(join(folder, name), picture, options)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message) as string,
      });
      expect(await readdir(folder)).toEqual([]);
    });
  });

  test('a side longer than the format can hold', async () => {
    await inFolder(async (folder) => {
      const wide = { width: 16_400, height: 1, data: new Uint8Array(16_400 * 4) };
      await expect(writePicture(join(folder, 'a.webp'), wide)).rejects.toMatchObject({
        code: 'limit',
        message: 'A WebP file holds at most 16383 px a side.',
      });
    });
  });

  test('an option overrides the extension', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'result.out');
      await writePicture(path, picture, { format: 'png' });
      expect((await readPicture(path)).info.format).toBe('png');
    });
  });
});
