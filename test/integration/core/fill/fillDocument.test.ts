import { applyChange } from '../../../../core/document/applyChange.ts';
import { extendCanvas } from '../../../../core/document/canvas.ts';
import { fillDocument, pictureWith } from '../../../../core/document/fillDocument.ts';
import { documentOf } from '../../../../core/document/document.ts';
import { DEFAULT_SETTINGS } from '../../../../core/fill/settings.ts';
import type { FramePlan } from '../../../../core/frames/planFrames.ts';
import { crop } from '../../../../core/pixels/crop.ts';
import { fillPicture } from '../../../../bench/support.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, changedOutside, jobOf, loadTiny, patched, pattern } from './support.ts';

let model: LoadedPackage;
beforeAll(async () => {
  model = await loadTiny();
});
afterAll(() => model.dispose());

describe('a fill of a document', () => {
  test('changes the selection and not one byte beside it', async () => {
    const span = fc.tuple(
      fc.nat(90),
      fc.nat(70),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 50 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 3 }), fc.nat(6), async (list, feather) => {
        const picture = pattern(150, 120);
        const before = picture.data.slice();
        const selection = boxes(150, 120, ...list);
        // Patches continue a pattern exactly; the model of eight greys cannot.
        const result = await fillPicture(model, jobOf(picture, selection, { feather, texture: 0 }));
        expect(picture.data).toEqual(before);
        const after = patched(picture, result.candidates[0]!.patches);
        expect(changedOutside(picture, after, selection)).toBe(0);
        expect(after.data).not.toEqual(picture.data);
      }),
      { numRuns: 25 },
    );
  });

  test('does not depend on what lies under the selection', async () => {
    const selection = boxes(160, 128, [50, 40, 37, 21]);
    const picture = pattern(160, 128);
    const other = pattern(160, 128);
    for (let i = 0; i < other.data.length; i++) {
      if (selection.data[i >> 2] === 255 && i % 4 < 3) other.data[i] = 255 - other.data[i]!;
    }
    const one = await fillPicture(model, jobOf(picture, selection));
    const two = await fillPicture(model, jobOf(other, selection));
    expect(two.candidates).toEqual(one.candidates);
  });

  test('repeats with its seed, and a candidate is the same beside others', async () => {
    const selection = boxes(160, 128, [50, 40, 37, 21]);
    const job = jobOf(pattern(160, 128), selection);
    const alone = await fillPicture(model, job);
    const eight = await fillPicture(model, { ...job, candidates: 8 });
    expect(eight.candidates[0]!.patches).toEqual(alone.candidates[0]!.patches);
    expect(new Set(eight.frames[0]!.candidates.map(({ grid }) => grid.ids.join())).size).toBe(8);
    const reseeded = await fillPicture(model, { ...job, seed: 2 });
    expect(reseeded.candidates).not.toEqual(alone.candidates);
  });

  test('gives parts of a selection that lie far apart frames of their own', async () => {
    const picture = pattern(700, 200);
    const selection = boxes(700, 200, [10, 30, 20, 20], [640, 150, 20, 20]);
    const { frames, candidates } = await fillPicture(model, jobOf(picture, selection));
    expect(frames.map(({ request }) => request.seed)).toEqual([1, 2]);
    const after = patched(picture, candidates[0]!.patches);
    expect(changedOutside(picture, after, selection)).toBe(0);
    expect(candidates[0]!.patches.map(({ rect }) => rect)).toEqual([
      { x: 10, y: 30, width: 20, height: 20 },
      { x: 640, y: 150, width: 20, height: 20 },
    ]);
  });

  test('says how the tokens of the hole came to be', async () => {
    const selection = boxes(64, 64, [16, 16, 16, 8]);
    const { frames, selectedPixels } = await fillPicture(model, jobOf(pattern(64, 64), selection));
    const { request, candidates } = frames[0]!;
    const filled = candidates[0]!.provenance.flatMap(({ kind }, cell) => (kind === 'filled' ? [cell] : []));
    expect(filled).toEqual(request.hole);
    expect(selectedPixels).toBe(128);
  });

  test('meets the surroundings where they are even, whatever is drawn', async () => {
    const picture = { width: 96, height: 96, data: new Uint8Array(96 * 96 * 4).fill(255) };
    for (let i = 0; i < 96 * 96; i++) picture.data.set([100, 125, 110], 4 * i);
    const selection = boxes(96, 96, [40, 40, 16, 16]);
    const job = jobOf(picture, selection, {
      sampling: { ...jobOf(picture, selection).sampling, temperature: 0 },
    });
    const after = patched(picture, (await fillPicture(model, job)).candidates[0]!.patches);
    const worst = after.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - picture.data[i]!)),
      0,
    );
    expect(worst).toBeLessThanOrEqual(1);
  });

  test('fills everything when everything is selected', async () => {
    const picture = pattern(64, 48);
    const { candidates, frames } = await fillPicture(model, jobOf(picture, boxes(64, 48, [0, 0, 64, 48])));
    expect(frames[0]!.request.hole).toHaveLength(8 * 6);
    expect(candidates[0]!.patches[0]!.rect).toEqual({ x: 0, y: 0, width: 64, height: 48 });
  });

  test('extends a picture past its edges', async () => {
    const small = documentOf(pattern(80, 64));
    const canvas = { x: -24, y: 0, width: 113, height: 80 };
    const larger = applyChange(small, extendCanvas(small, canvas));
    const planned: FramePlan[] = [];
    const onPlanned = (plans: readonly FramePlan[]): void => void planned.push(...plans);
    const fill = await fillDocument(model, larger, { ...DEFAULT_SETTINGS, seed: 1 }, { onPlanned });
    expect(planned).toEqual(fill.params.frames.map(({ plan }) => plan));
    const after = pictureWith(larger, fill, 0);
    expect(after).toMatchObject(canvas);
    expect(crop(after, { x: 0, y: 0, width: 80, height: 64 }).data).toEqual(pattern(80, 64).data);
    expect(after.data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });

  test('stops within one step of an abort', async () => {
    const abort = new AbortController();
    let steps = 0;
    const run = fillPicture(model, jobOf(pattern(160, 128), boxes(160, 128, [50, 40, 37, 21])), {
      signal: abort.signal,
      onProgress: ({ kind }) => {
        if (kind !== 'step') return;
        steps++;
        if (steps === 2) abort.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    expect(steps).toBe(2);
  });

  test('counts steps over all frames', async () => {
    const seen: string[] = [];
    const selection = boxes(700, 200, [10, 30, 20, 20], [640, 150, 20, 20]);
    await fillPicture(model, jobOf(pattern(700, 200), selection), {
      onProgress: (told) => {
        if (told.kind === 'step') seen.push(`${told.done}/${told.total}`);
      },
    });
    expect(seen).toEqual(['1/8', '2/8', '3/8', '4/8', '5/8', '6/8', '7/8', '8/8']);
  });

  test.each([['the picture is tiny', jobOf(pattern(1, 1), boxes(1, 1, [0, 0, 1, 1])), /too small/]])(
    'refuses when %s',
    async (_, job, message) => {
      await expect(fillPicture(model, job)).rejects.toThrow(message);
    },
  );
});
