import { fillPicture, paramsOfJob, type FillJob } from '../../../../bench/support.ts';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cropsOf } from '../../../../bench/quality/crops.ts';
import { psnr } from '../../../../bench/quality/metrics.ts';
import { bitsPerToken } from '../../../../bench/quality/tokenBits.ts';
import type { Mask } from '../../../../core/pixels/masks/mask.ts';
import type { Picture, PixelPatch } from '../../../../core/pixels/picture.ts';
import { toPlanes } from '../../../../core/pixels/planes.ts';
import { fullRect } from '../../../../core/base/geometry.ts';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import { fillFrames } from '../../../../core/fill/fillFrames.ts';
import { readMask } from '../../../../electron/io/masks.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, changedOutside, jobOf, patched } from './support.ts';

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

describe('the embedded package on a photograph in black and white', () => {
  let job: FillJob;
  beforeAll(async () => {
    const [crop] = await cropsOf(samples);
    for (let i = 0; i < crop!.data.length; i += 4) crop!.data.fill(crop!.data[i + 1]!, i, i + 3);
    const selection = boxes(crop!.width, crop!.height, [96, 96, 64, 64]);
    job = jobOf(crop!, selection, { scale: 1 });
  });
  /** The code whose colour, as #rrggbb, has most red over blue. */
  const mostColourful = (colours: readonly string[]): number => {
    const warmth = colours.map((hex) => parseInt(hex.slice(1, 3), 16) - parseInt(hex.slice(5), 16));
    return warmth.indexOf(Math.max(...warmth));
  };
  const spread = ({ data }: PixelPatch): number =>
    Math.max(...Array.from({ length: data.length / 4 }, (_, i) => Math.abs(data[4 * i]! - data[4 * i + 2]!)));

  test('fills without a colour', async () => {
    const { candidates } = await fillPicture(model, { ...job, candidates: 2 });
    for (const { patches } of candidates) expect(spread(patches[0]!)).toBe(0);
  });

  test('goes on with a stain that reaches the selection, and only there', async () => {
    const { picture } = job;
    const stained = { ...picture, data: picture.data.slice() };
    for (let i = 0; i < stained.data.length; i += 4) {
      if ((i / 4) % picture.width >= 100) continue;
      stained.data[i] = Math.min(255, stained.data[i]! + 6);
      stained.data[i + 2] = Math.max(0, stained.data[i + 2]! - 6);
    }
    const { candidates } = await fillPicture(model, { ...job, picture: stained });
    const { rect, data } = candidates[0]!.patches[0]!;
    const warmth = (column: number): number => {
      let sum = 0;
      for (let y = 0; y < rect.height; y++) {
        const at = 4 * (y * rect.width + column);
        sum += data[at]! - data[at + 2]!;
      }
      return sum / rect.height;
    };
    expect(warmth(0)).toBeGreaterThan(8);
    expect(warmth(rect.width - 8)).toBeLessThan(6);
  });

  test('keeps the colours of hints', async () => {
    const params = paramsOfJob(model, job);
    const [frame] = params.frames;
    const { columns } = frame!.plan.frame;
    const cells = [1, 2, 3, 4].flatMap((y) => [1, 2, 3, 4].map((x) => (12 + y) * columns + 12 + x));
    const ids = cells.map(() => mostColourful(model.manifest.palette.colors));
    const painted = { ...frame!, tokens: { cells, ids, pins: cells } };
    const { candidates } = await fillFrames(model, { ...params, frames: [painted] });
    expect(spread(candidates[0]!.patches[0]!)).toBeGreaterThan(40);
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
