import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readMask, writeMask } from '../../../../electron/io/masks.ts';
import { inFolder, makeFile } from './make.ts';
import type { Samples } from './make.ts';

const size = { width: 2, height: 2 };

async function valuesOf(samples: Samples, orientation?: number): Promise<number[]> {
  return inFolder(async (folder) => {
    const path = join(folder, 'mask.png');
    await writeFile(path, await makeFile('.png', samples, orientation === undefined ? {} : { orientation }));
    return [...(await readMask(path, size)).data];
  });
}

const samples = (bands: number, ...data: number[]): Samples => ({
  ...size,
  bands,
  data: Uint8Array.from(data),
});

describe('what counts in a mask', () => {
  test('grey: every level as it is', async () => {
    expect(await valuesOf(samples(1, 0, 1, 128, 255))).toEqual([0, 1, 128, 255]);
  });

  test('colours: their luminance', async () => {
    const values = await valuesOf(samples(3, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255));
    expect(values).toEqual([54, 182, 18, 255]);
  });

  test('an opaque alpha channel changes nothing', async () => {
    expect(await valuesOf(samples(2, 0, 255, 10, 255, 200, 255, 255, 255))).toEqual([0, 10, 200, 255]);
  });

  test('one colour on a transparent layer: the alpha, even for black', async () => {
    expect(await valuesOf(samples(4, 0, 0, 0, 255, 9, 9, 9, 0, 0, 0, 0, 77, 0, 0, 0, 1))).toEqual([
      255, 0, 77, 1,
    ]);
  });

  test('several colours with transparency: luminance times alpha', async () => {
    expect(await valuesOf(samples(2, 255, 128, 0, 255, 255, 255, 100, 51))).toEqual([128, 0, 255, 20]);
  });

  test('16 bit', async () => {
    expect(await valuesOf({ ...size, bands: 1, data: Uint16Array.of(0, 257, 65535, 32896) })).toEqual([
      0, 1, 255, 128,
    ]);
  });

  test('the orientation of the mask file is applied', async () => {
    expect(await valuesOf(samples(1, 10, 20, 30, 40), 3)).toEqual([40, 30, 20, 10]);
  });
});

test('a mask of another size names both sizes', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'mask.png');
    await writeMask(path, { ...size, data: new Uint8Array(4) });
    await expect(readMask(path, { width: 640, height: 480 })).rejects.toMatchObject({
      code: 'input',
      message: `The mask "${path}" is 2 x 2 px, but the picture is 640 x 480 px.`,
    });
  });
});

test('a mask that is written reads back', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'mask.png');
    const mask = { width: 16, height: 16, data: Uint8Array.from({ length: 256 }, (_, i) => i) };
    await writeMask(path, mask);
    expect(await readMask(path, mask)).toEqual(mask);
  });
});
