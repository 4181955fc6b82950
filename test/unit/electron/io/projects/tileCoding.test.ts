import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TILE } from '../../../../../core/raster/raster.ts';
import { decodeTile, encodeTile, mostCodedBytes } from '../../../../../electron/io/projects/tileCoding.ts';
import { stream } from '../../../core/pixels/random.ts';

const PICTURE = TILE * TILE * 4;
const SELECTION = TILE * TILE;

function noise(bytes: number, seed: number): Uint8Array {
  const next = stream(seed);
  return Uint8Array.from({ length: bytes }, () => Math.floor(next() * 256));
}

describe.each([
  ['a picture', PICTURE],
  ['a selection', SELECTION],
])('a tile of %s', (_, bytes) => {
  test('comes back, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const tile = noise(bytes, seed);
        const coded = await encodeTile(tile);
        expect(coded.length).toBeLessThanOrEqual(mostCodedBytes(bytes));
        expect(Buffer.compare((await decodeTile(coded, bytes))!, tile)).toBe(0);
      }),
      { numRuns: 5 },
    );
  });

  test.each([0, 1, 255])('of %i only takes next to nothing', async (value) => {
    const tile = new Uint8Array(bytes).fill(value);
    const coded = await encodeTile(tile);
    expect(coded.length).toBeLessThan(bytes / 200);
    expect(Buffer.compare((await decodeTile(coded, bytes))!, tile)).toBe(0);
  });

  test('is not taken for one of another length', async () => {
    const coded = await encodeTile(noise(bytes, 1));
    expect(await decodeTile(coded, bytes === PICTURE ? SELECTION : PICTURE)).toBeUndefined();
  });

  test('is known to be damaged, wherever that is', async () => {
    const coded = await encodeTile(noise(bytes, 1));
    for (const at of [0, 1, 9, Math.floor(coded.length / 2), coded.length - 1]) {
      const damaged = coded.slice();
      damaged[at]! ^= 16;
      expect(await decodeTile(damaged, bytes)).toBeUndefined();
    }
    expect(await decodeTile(coded.subarray(0, -9), bytes)).toBeUndefined();
    expect(await decodeTile(new Uint8Array(0), bytes)).toBeUndefined();
  });
});

test('smooth pixels become small', async () => {
  const tile = Uint8Array.from({ length: PICTURE }, (_, i) =>
    i % 4 === 3 ? 255 : (((i >> 2) % TILE) >> 1) + 20 * (i % 4),
  );
  expect((await encodeTile(tile)).length).toBeLessThan(PICTURE / 20);
});
