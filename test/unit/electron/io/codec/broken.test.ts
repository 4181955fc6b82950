import fc from 'fast-check';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { gradient, inFolder, makeFile, rgbOf } from '../make.ts';

const photo = rgbOf(gradient(120, 90));
const formats = ['.jpg', '.png', '.webp', '.tif', '.avif'];

async function failure(source: string | Uint8Array): Promise<TesseraError> {
  const error: unknown = await readPicture(source, 'The picture').then(
    () => 'read',
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(TesseraError);
  return error as TesseraError;
}

describe('truncated files', () => {
  test.each(formats)('%s cut anywhere is an error, not half a picture', async (suffix) => {
    const file = await makeFile(suffix, photo);
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 0.97]) {
      const error = await failure(file.subarray(0, Math.floor(file.length * share)));
      expect(error.code).toBe('input');
      expect(error.message).toMatch(/^[^\n]{10,120}\.$/);
    }
  });

  test('a progressive JPEG cut half-way', async () => {
    const file = await makeFile('.jpg', photo, { save: { interlace: true } });
    const error = await failure(file.subarray(0, file.length / 2));
    expect(error.message).toBe('The picture is a JPEG file that is cut off or damaged.');
  });
});

test.each(formats)('flipped bytes never break out of the one error shape (%s)', async (suffix) => {
  const file = await makeFile(suffix, photo);
  const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(damage, async (edits) => {
      const copy = file.slice();
      for (const [at, value] of edits) copy[at] = value;
      try {
        const { picture } = await readPicture(copy);
        expect(picture.data.length).toBe(picture.width * picture.height * 4);
      } catch (error) {
        expect(error).toBeInstanceOf(TesseraError);
        expect(['input', 'limit']).toContain((error as TesseraError).code);
      }
    }),
    { numRuns: 40, seed: 11 },
  );
});

describe('what is no picture', () => {
  test.each([
    ['notes.png', 'These are notes.\n', /holds text, and no picture/],
    ['paper.jpg', '%PDF-1.7 \u0000', /is a PDF/],
    ['vector.png', '<svg xmlns="http://www.w3.org/2000/svg"/>', /is SVG or XML/],
    ['drawing.svg', '<!-- made by hand --><svg/>', /is SVG or XML/],
    ['noise.tif', '\u0001\u0002\u0003', /of no known format/],
    ['film.heic', '\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0000\u0000isommp42', /is a video/],
    ['light.exr', 'v/1\u0001\u0002\u0000\u0000\u0000', /OpenEXR/],
    ['work.xcf', 'gimp xcf v011\u0000', /is a document of GIMP/],
    ['all.zip', 'PK\u0003\u0004\u0014\u0000', /is a zip archive/],
    ['BMW.png', 'BMW and others\n', /holds text/],
  ])('%s', async (name, content, message) => {
    await inFolder(async (folder) => {
      const path = join(folder, name);
      await writeFile(path, content, 'latin1');
      const error = await failure(path);
      expect(error).toMatchObject({
        code: 'input',
        hint: expect.stringMatching(/^[A-Z][^\n]+\.$/) as string,
      });
      expect(error.message).toMatch(message);
      expect(error.message).toContain(name);
    });
  });

  test('the content counts, not the extension', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'really-a-png.jpg');
      await writeFile(path, await makeFile('.png', photo));
      expect((await readPicture(path)).info.format).toBe('png');
    });
  });

  test('missing, empty, a folder, a device', async () => {
    await inFolder(async (folder) => {
      const empty = join(folder, 'empty.png');
      await writeFile(empty, '');
      await mkdir(join(folder, 'folder.png'));
      expect((await failure(join(folder, 'none.png'))).message).toMatch(/^There is no file ".*none\.png"\.$/);
      expect((await failure(join(empty, 'inside.png'))).message).toMatch(/^There is no file/);
      expect((await failure(empty)).message).toMatch(/is empty\.$/);
      expect((await failure(join(folder, 'folder.png'))).message).toMatch(/is a folder, not a file\.$/);
      expect((await failure('a\0b.png')).message).toMatch(/is not a path\.$/);
    });
  });

  test('no bytes at all', async () => {
    expect((await failure(new Uint8Array(0))).code).toBe('input');
  });
});
