import { applyChange } from '../../../../core/document/applyChange.ts';
import { extendCanvas } from '../../../../core/document/canvas.ts';
import { documentOf } from '../../../../core/document/document.ts';
import { fullRect, moveRect } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { paramsOfJob, type FillJob } from '../../../../bench/support.ts';
import fc from 'fast-check';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PixelPatch } from '../../../../core/pixels/picture.ts';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import { fillFrames } from '../../../../core/fill/fillFrames.ts';
import { readMask } from '../../../../electron/io/masks.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, jobOf, loadTiny, pattern } from './support.ts';

/** Fills the frames with no more than they can see, and with all of the picture, and holds the one to the other. */
async function expectSame(model: LoadedPackage, job: FillJob, at = { x: 0, y: 0 }): Promise<void> {
  const params = paramsOfJob(model, job);
  const { x, y, width, height } = fullRect(job.picture);
  const all = { region: { x, y, width, height }, picture: job.picture.data, selection: job.selection.data };
  const whole = await fillFrames(model, { ...params, frames: params.frames.map((f) => ({ ...f, ...all })) });
  const shown: PixelPatch[] = [];
  const picture = { ...job.picture, ...at };
  const regions = await fillFrames(model, paramsOfJob(model, { ...job, picture }), {
    // Previews on every step must change nothing.
    pacer: { due: () => true, spend: (work) => work(), spent: 0 },
    onProgress(progress) {
      if (progress.kind === 'preview') shown.push(progress.patch);
    },
  });
  expect(shown.length).toBeGreaterThan(0);
  expect(regions.selectedPixels).toBe(whole.selectedPixels);
  expect(regions.frames.map(({ hole }) => hole)).toEqual(whole.frames.map(({ hole }) => hole));
  regions.candidates.forEach(({ patches }, candidate) => {
    patches.forEach(({ rect, data }, frame) => {
      const due = whole.candidates[candidate]!.patches[frame]!;
      expect(rect).toEqual(moveRect(due.rect, at.x - x, at.y - y));
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
    const small = documentOf(pattern(300, 200));
    const canvas = { x: -60, y: 0, width: 360, height: 241 };
    const larger = applyChange(small, extendCanvas(small, canvas));
    const picture = { ...canvas, data: readRect(larger.picture, canvas) };
    const selection = { ...canvas, data: readRect(larger.selection, canvas) };
    await expectSame(model, jobOf(picture, selection, { feather: 3 }), { x: 17, y: 3 });
  });

  test('refuses a frame in which nothing is selected', async () => {
    const params = paramsOfJob(model, jobOf(pattern(64, 64), boxes(64, 64, [9, 9, 5, 5])));
    const [frame] = params.frames;
    const selection = new Uint8Array(frame!.selection.length);
    await expect(fillFrames(model, { ...params, frames: [{ ...frame!, selection }] })).rejects.toMatchObject({
      code: 'input',
      message: 'Nothing is selected in the frame.',
    });
  });
});

test('the embedded package fills regions of a photograph as it fills the photograph', async () => {
  const samples = path.resolve('assets/samples');
  const model = await loadPackage(path.join(embeddedPackages(path.resolve('.')), DEFAULT_PACKAGE));
  try {
    const { picture } = await readPicture(path.join(samples, 'nuthatch.jpg'));
    const selection = await readMask(path.join(samples, 'nuthatch-mask.png'), picture);
    const sampling = { ...PRESETS.draft, steps: 2 };
    const job = { picture, selection, sampling, seed: 7, candidates: 1, feather: 6, detail: 1 };
    const { region } = paramsOfJob(model, job).frames[0]!;
    expect(region.width * region.height).toBeLessThan(picture.width * picture.height);
    await expectSame(model, job, { x: -300, y: 40 });
  } finally {
    await model.dispose();
  }
});
