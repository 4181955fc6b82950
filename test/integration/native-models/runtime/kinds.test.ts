import { afterEach, describe, expect, it } from 'vitest';
import { MASK } from '../../../../core/tokens/grid.ts';
import { type LoadedParts, loadPackage, loadParts } from '../../../../native-models/runtime/loadPackage.ts';
import { changedTiny, errorOf, tinyFixed, tinyTokenizer } from './fixtures.ts';

let loaded: LoadedParts | null = null;
afterEach(() => loaded?.dispose());

describe('a package without a denoiser', () => {
  it('encodes and decodes', async () => {
    loaded = await loadParts(tinyTokenizer());
    await loaded.warmUp();
    expect(loaded.denoiser).toBeNull();
    const { grid } = await loaded.tokenizer.encode({
      width: 16,
      height: 16,
      data: new Float32Array(768).fill(1),
    });
    expect([...grid.ids]).toEqual([7, 7, 7, 7]);
    expect((await loaded.tokenizer.decode(grid)).data[0]).toBeCloseTo(1, 6);
  });

  it('says so where a denoiser is needed', async () => {
    expect(await errorOf(loadPackage(tinyTokenizer()))).toEqual({
      code: 'package',
      message:
        'The package tiny-tokenizer has no denoiser: its tokens can be painted, and none can be predicted.',
      hint: 'Add a package that has one.',
    });
  });
});

describe('a denoiser of fixed positions', () => {
  it('may declare their number, and takes a batch of windows', async () => {
    loaded = await loadPackage(tinyFixed());
    await loaded.warmUp();
    const logits = await loaded.denoiser!.predict({
      batch: 3,
      width: 8,
      height: 8,
      tokens: new Int32Array(192).fill(MASK),
      select: Int32Array.of(0, 63, 64, 191),
    });
    const likeliest = [0, 1, 2, 3].map((row) => {
      const values = logits.subarray(8 * row, 8 * row + 8);
      return values.indexOf(Math.max(...values));
    });
    expect(likeliest).toEqual([0, 7, 0, 7]);
  });

  it('is refused where it declares another number', async () => {
    loaded = await loadPackage(
      changedTiny(
        {
          manifest(manifest) {
            manifest.denoiser!.window = { min: 4, max: 4, positions: 'fixed' };
          },
        },
        tinyFixed(),
      ),
    );
    expect((await errorOf(loaded.warmUp())).message).toContain(
      'its input "tokens" is int64 [batch, 8, 8] where int64 [free, 4, 4] is expected',
    );
  });
});
