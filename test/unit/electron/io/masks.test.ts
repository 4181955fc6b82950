import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readMask, understandMask, writeMask } from '../../../../electron/io/masks.ts';
import { gradient, inFolder, makeFile } from './make.ts';
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

  test('a colour: its luminance', async () => {
    const values = await valuesOf(samples(3, 255, 0, 0, 0, 0, 0, 128, 128, 128, 255, 255, 255));
    expect(values).toEqual([54, 0, 128, 255]);
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
    expect(await valuesOf(samples(1, 10, 20, 30, 240), 3)).toEqual([240, 30, 20, 10]);
  });
});

describe('what else people take for a mask', () => {
  test.each([
    [0, 1],
    [0, 128],
    [3, 200],
  ])('two values, %i and %i: the brighter one', async (low, high) => {
    expect(await valuesOf(samples(1, low, high, high, low))).toEqual([0, 255, 255, 0]);
  });

  test('0 and 1 in 16 bits', async () => {
    const data = Uint16Array.of(0, 1, 1, 0);
    expect(await valuesOf({ ...size, bands: 1, data })).toEqual([0, 255, 255, 0]);
  });

  test('labels are asked about, and one can be chosen', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'labels.png');
      await writeFile(path, await makeFile('.png', samples(1, 0, 1, 5, 5)));
      await expect(readMask(path, size)).rejects.toThrow('is a picture of labels: 5, 1.');
      expect(await understandMask(path, size)).toEqual({
        labels: [
          { label: 5, pixels: 2 },
          { label: 1, pixels: 1 },
        ],
      });
      expect([...(await readMask(path, size, { label: 5 })).data]).toEqual([0, 0, 255, 255]);
      await expect(readMask(path, size, { label: 7 })).rejects.toThrow('has the label 7.');
    });
  });

  test('colours of labels', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'labels.png');
      await writeFile(path, await makeFile('.png', samples(3, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255)));
      await expect(readMask(path, size)).rejects.toThrow('is a picture of labels: #0000ff, #ff0000.');
      expect([...(await readMask(path, size, { label: '#ff0000' })).data]).toEqual([0, 255, 0, 0]);
    });
  });

  test('a picture with a region erased: what is transparent', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'erased.png');
      const { width, height, data } = gradient(40, 30);
      for (let i = 0; i < 100; i++) data[4 * i + 3] = 0;
      await writeFile(path, await makeFile('.png', { width, height, bands: 4, data }));
      const told: string[] = [];
      const mask = await readMask(path, { width, height }, { onMeaning: ({ kind }) => told.push(kind) });
      expect([...mask.data]).toEqual(Array.from({ length: 1200 }, (_, i) => (i < 100 ? 255 : 0)));
      expect(told).toEqual(['erased']);
    });
  });

  test.each([
    ['selects nothing', [0, 0, 0, 0]],
    ['is almost black: its brightest value is 5', [5, 5, 5, 5]],
  ])('a mask that %s is refused', async (says, values) => {
    await expect(valuesOf(samples(1, ...values))).rejects.toThrow(says);
  });

  test('what we wrote is meant as it is, also with two values', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'ours.png');
      await writeMask(path, { ...size, data: Uint8Array.of(0, 100, 100, 0) });
      expect([...(await readMask(path, size)).data]).toEqual([0, 100, 100, 0]);
    });
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
