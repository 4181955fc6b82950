import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cropsOf } from '../../../bench/quality/crops.ts';
import { psnr } from '../../../bench/quality/metrics.ts';
import { bitsPerToken } from '../../../bench/quality/tokenBits.ts';
import type { Mask } from '../../../core/masks/mask.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { toPlanes } from '../../../core/pixels/planes.ts';
import { fullRect } from '../../../core/pixels/rect.ts';
import { PRESETS } from '../../../core/sampling/presets.ts';
import { fillPicture } from '../../../electron/engine/fillPicture.ts';
import { readMask } from '../../../electron/io/masks.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../../../native-models/runtime/loadPackage.ts';
import { changedOutside, patched } from './support.ts';

const samples = path.resolve('assets/samples');
let model: LoadedPackage;
beforeAll(async () => {
  model = await loadPackage(path.join(embeddedPackages(path.resolve('.')), DEFAULT_PACKAGE));
});
afterAll(() => model.dispose());

describe('the embedded package on a photograph', () => {
  let picture: Picture;
  let selection: Mask;
  beforeAll(async () => {
    ({ picture } = await readPicture(path.join(samples, 'nuthatch.jpg')));
    selection = await readMask(path.join(samples, 'nuthatch-mask.png'), picture);
  });
  const fill = (seed: number, candidates: number) =>
    fillPicture(model, {
      picture,
      selection,
      sampling: { ...PRESETS.draft, steps: 3 },
      seed,
      candidates,
      feather: 0,
      detail: 1,
    });

  test('fills the selection and leaves every other byte alone, the same again for the same seed', async () => {
    const before = picture.data.slice();
    const once = await fill(7, 1);
    expect(Buffer.compare(picture.data, before)).toBe(0); // toEqual takes minutes over millions of bytes
    const after = patched(picture, once.candidates[0]!.patches);
    expect(changedOutside(picture, after, selection)).toBe(0);
    const twice = await fill(7, 2);
    const [one, two] = twice.candidates.map(({ patches }) => patches[0]!.data);
    const alone = once.candidates[0]!.patches[0]!.data;
    expect(Buffer.compare(one!, alone)).toBe(0);
    expect(Buffer.compare(two!, alone)).not.toBe(0);
  });
});

describe('the embedded package', () => {
  let crops: Picture[];
  beforeAll(async () => {
    crops = await cropsOf(samples);
  });

  test('gives pictures back recognisably', async () => {
    for (const crop of crops) {
      const truth = toPlanes(crop, fullRect(crop), crop);
      const { grid } = await model.tokenizer.encode(truth);
      expect(psnr(truth, await model.tokenizer.decode(grid))).toBeGreaterThan(18);
    }
  });

  test('predicts a missing token far better than by frequency', async () => {
    const grids = [];
    for (const crop of crops) {
      grids.push((await model.tokenizer.encode(toPlanes(crop, fullRect(crop), crop))).grid);
    }
    // Codes are used about equally: by frequency alone a token costs more than 9 bits.
    expect(await bitsPerToken(model.denoiser, grids, 0.25, 1)).toBeLessThan(7);
  });
});
