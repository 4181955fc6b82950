import fc from 'fast-check';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extend } from '../../../core/pixels/extend.ts';
import type { PixelPatch } from '../../../core/pixels/patch.ts';
import { PRESETS } from '../../../core/sampling/presets.ts';
import type { FillJob } from '../../../core/fill/fillJob.ts';
import { fillPicture } from '../../../core/fill/fillPicture.ts';
import { fillRegions } from '../../../core/fill/fillRegions.ts';
import { readMask } from '../../../electron/io/masks.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../../../native-models/runtime/loadPackage.ts';
import { paramsOf } from './regions.ts';
import { boxes, jobOf, loadTiny, pattern } from './support.ts';

/** Fills the whole picture and its regions, and holds the one to the other. */
async function expectSame(model: LoadedPackage, job: FillJob, at = { x: 0, y: 0 }): Promise<void> {
  const whole = await fillPicture(model, job);
  const shown: PixelPatch[] = [];
  const regions = await fillRegions(model, paramsOf(model, job, at), {
    // Previews on every step must change nothing.
    previews: {
      pacer: { due: () => true, spend: (work) => work(), spent: 0 },
      show: (_frame, _candidate, patch) => shown.push(patch),
    },
  });
  expect(shown.length).toBeGreaterThan(0);
  expect(regions.selectedPixels).toBe(whole.selectedPixels);
  expect(regions.frames.map(({ hole }) => hole)).toEqual(whole.frames.map(({ request }) => request.hole));
  regions.candidates.forEach(({ patches }, candidate) => {
    patches.forEach(({ rect, data }, frame) => {
      const due = whole.candidates[candidate]!.patches[frame]!;
      expect(rect).toEqual({ ...due.rect, x: due.rect.x + at.x, y: due.rect.y + at.y });
      expect(Buffer.compare(data, due.data)).toBe(0);
      const own = regions.frames[frame]!.candidates[candidate]!;
      expect(own).toEqual(whole.frames[frame]!.candidates[candidate]);
    });
  });
}

describe('a fill of regions', () => {
  let model: LoadedPackage;
  beforeAll(async () => {
    model = await loadTiny();
  });
  afterAll(() => model.dispose());

  test('gives what a fill of the whole picture gives, byte for byte', async () => {
    const span = fc.tuple(
      fc.nat(460),
      fc.nat(330),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 80 }),
    );
    const places = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      y: fc.integer({ min: -900, max: 900 }),
    });
    const picture = pattern(500, 360);
    await fc.assert(
      fc.asyncProperty(
        fc.array(span, { minLength: 1, maxLength: 3 }),
        fc.nat(40),
        places,
        async (list, feather, at) => {
          const clipped = list.map(
            ([x, y, w, h]) =>
              [x, y, Math.min(w, 500 - x), Math.min(h, 360 - y)] as [number, number, number, number],
          );
          await expectSame(
            model,
            jobOf(picture, boxes(500, 360, ...clipped), { feather, candidates: 2 }),
            at,
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  test('sees through a frame that reaches outside the canvas', async () => {
    await expectSame(model, jobOf(pattern(100, 30), boxes(100, 30, [80, 10, 9, 9])), { x: -7, y: 11 });
  });

  test('extends a picture past its edges', async () => {
    const { picture, selection } = extend(pattern(300, 200), { left: 60, top: 0, right: 0, bottom: 41 });
    await expectSame(model, jobOf(picture, selection, { feather: 3 }), { x: -60, y: 0 });
  });

  test('refuses a frame in which nothing is selected', async () => {
    const params = paramsOf(model, jobOf(pattern(64, 64), boxes(64, 64, [9, 9, 5, 5])));
    const [frame] = params.frames;
    const selection = new Uint8Array(frame!.selection.length);
    await expect(fillRegions(model, { ...params, frames: [{ ...frame!, selection }] })).rejects.toMatchObject(
      { code: 'input', message: 'Nothing is selected in the frame.' },
    );
  });
});

test('the embedded package fills regions of a photograph as it fills the photograph', async () => {
  const samples = path.resolve('assets/samples');
  const model = await loadPackage(path.join(embeddedPackages(path.resolve('.')), DEFAULT_PACKAGE));
  try {
    const { picture } = await readPicture(path.join(samples, 'nuthatch.jpg'));
    const selection = await readMask(path.join(samples, 'nuthatch-mask.png'), picture);
    const sampling = { ...PRESETS.draft, steps: 2 };
    const job = { picture, selection, sampling, seed: 7, candidates: 2, feather: 6, detail: 1 };
    const { region } = paramsOf(model, job).frames[0]!;
    expect(region.width * region.height).toBeLessThan(picture.width * picture.height);
    await expectSame(model, job, { x: -300, y: 40 });
  } finally {
    await model.dispose();
  }
});
