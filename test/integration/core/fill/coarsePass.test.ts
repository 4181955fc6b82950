import { fillPicture, paramsOfJob } from '../../../../bench/support.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Denoiser } from '../../../../core/model/denoiser.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import type { FilledFrame } from '../../../../core/fill/params.ts';
import { fillFrames } from '../../../../core/fill/fillFrames.ts';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, changedOutside, jobOf, loadTiny, patched, pattern } from './support.ts';

const SIZE = [480, 400] as const;
const LEVEL_3 = Math.round((255 * 3) / 7); // what code 3 is decoded to

describe('a wide hole', () => {
  let model: LoadedPackage;
  beforeAll(async () => {
    model = await loadTiny();
  });
  afterAll(() => model.dispose());

  test('begins with what coarser fills made of it, one for each candidate', async () => {
    const job = jobOf(pattern(...SIZE), boxes(...SIZE, [120, 100, 160, 150]), { candidates: 3, scale: 1 });
    const { frames, candidates } = await fillPicture(model, job);
    const [{ request, candidates: filled }] = frames as [(typeof frames)[number]];
    expect(request.planned).toHaveLength(3);
    expect(filled.map(({ source }) => source)).toEqual(['denoiser', 'patches', 'denoiser']);
    filled.forEach(({ trace, source }, c) => {
      const { ids: coarse, share } = request.planned![c]!;
      expect(share).toBe(source === 'denoiser' ? 0.5 : 1);
      expect(coarse).toHaveLength(request.hole.length);
      const [{ changed, ids }] = trace as [(typeof trace)[number]];
      expect(changed).toHaveLength(Math.floor(request.hole.length * share));
      expect(Array.from(ids)).toEqual(Array.from(changed, (cell) => coarse[request.hole.indexOf(cell)]));
      expect(changedOutside(job.picture, patched(job.picture, candidates[c]!.patches), job.selection)).toBe(
        0,
      );
    });
    expect(new Set(request.planned!.map((plan) => String(plan!.ids))).size).toBe(3);
    expect(await fillPicture(model, job)).toMatchObject({ candidates });
  });

  test('is drawn cooler in its coarse pass', async () => {
    // On an even picture of code 3 a model that wants code 3, and e^10 times less code 5, whatever it sees.
    const wanted = Array.from({ length: 8 }, (_, code) => (code === 3 ? 0 : code === 5 ? -10 : -1000));
    const predict: Denoiser['predict'] = ({ select }) =>
      Promise.resolve(Float32Array.from({ length: 8 * select.length }, (_, i) => wanted[i % 8]!));
    const { data } = pattern(...SIZE);
    const even = { width: SIZE[0], height: SIZE[1], data: data.map((_, i) => (i % 4 < 3 ? LEVEL_3 : 255)) };
    const job = jobOf(even, boxes(...SIZE, [120, 100, 160, 150]), { candidates: 6, scale: 1, detail: 0 });
    const stubborn = { ...model, denoiser: { ...model.denoiser, predict } };
    const hot = { ...job, sampling: { ...job.sampling, temperature: 4 } };
    const [{ request, candidates }] = (await fillPicture(stubborn, hot)).frames as [FilledFrame];

    const coarse = request.planned!.flatMap((plan) => plan!.ids);
    const drawn = candidates.flatMap(({ trace }) => trace.slice(1).flatMap(({ ids }) => Array.from(ids)));
    const odd = (ids: readonly number[]): number => ids.filter((id) => id !== 3).length / ids.length;
    expect(odd(drawn)).toBeGreaterThan(0.04); // 1 / (1 + e^(10 / 4)) = 0.076
    expect(odd(coarse)).toBeLessThan(0.02); // as hot: 0.076; at 0.4 of that: 0.002
  });

  test('is shown during its coarse pass, and tells how far all of it is', async () => {
    const job = jobOf(pattern(...SIZE), boxes(...SIZE, [120, 100, 160, 150]), { candidates: 2, scale: 1 });
    const told: string[] = [];
    const { frames } = await fillPicture(model, job, {
      pacer: { due: () => false, spend: (work) => work(), spent: 0 },
      onProgress(progress) {
        const { kind, frame } = progress;
        if (kind === 'preview') told.push(`candidate ${progress.candidate} in frame ${frame}`);
        else
          told.push(`${progress.done} of ${progress.total}, ${progress.ids.length} grids of frame ${frame}`);
      },
    });
    expect(frames).toHaveLength(1);
    const [modelled, planned] = ['candidate 0 in frame 0', 'candidate 1 in frame 0'];
    const coarse = [...[1, 2, 3, 4].map((step) => `${step} of 8, 0 grids of frame 0`), modelled];
    const fine = [5, 6, 7, 8].map((step) => `${step} of 8, 2 grids of frame 0`);
    // The model's is shown before patches of the picture are sought for it; the other is drawn with them from the start.
    expect(told).toEqual([...coarse, ...fine, modelled, modelled, planned]);
  });

  test('that is thin begins with nothing, and so do one with painted tokens and a branch', async () => {
    const ring = boxes(
      ...SIZE,
      [120, 100, 160, 12],
      [120, 230, 160, 12],
      [120, 100, 12, 140],
      [268, 100, 12, 140],
    );
    const thin = await fillPicture(model, jobOf(pattern(...SIZE), ring, { scale: 1 }));
    expect(thin.frames[0]!.request.planned).toBeUndefined();

    const params = paramsOfJob(
      model,
      jobOf(pattern(...SIZE), boxes(...SIZE, [120, 100, 160, 150]), { scale: 1 }),
    );
    const [frame] = params.frames;
    const { request } = (await fillFrames(model, params)).frames[0]!;
    const pin = request.hole[40]!;
    const tokens = { cells: [pin], ids: [2], pins: [pin] };
    const painted = await fillFrames(model, { ...params, frames: [{ ...frame!, tokens }] });
    expect(painted.frames[0]!.request.planned).toBeUndefined();
    const ids = Array.from(painted.frames[0]!.request.grid.ids, (id, cell) => (cell === pin ? MASK : id));
    const start = { step: 1, ids, believed: ids.map(() => 0) };
    const branch = await fillFrames(model, { ...params, frames: [{ ...frame!, start }] });
    expect(branch.frames[0]!.request.planned).toBeUndefined();
  });

  test('gives nothing away of what is selected, there and beside it', async () => {
    const selection = boxes(...SIZE, [120, 100, 160, 150], [300, 90, 100, 110]);
    const picture = pattern(...SIZE);
    const other = { ...picture, data: picture.data.slice() };
    for (let i = 0; i < selection.data.length; i++) {
      if (selection.data[i] === 255) other.data.set([250, 3, 120], 4 * i);
    }
    const [before, after] = await Promise.all(
      [picture, other].map((seen) => fillPicture(model, jobOf(seen, selection, { candidates: 2, scale: 1 }))),
    );
    expect(before!.frames.some(({ request }) => request.planned)).toBe(true);
    expect(after!.frames.map(({ request }) => request)).toEqual(before!.frames.map(({ request }) => request));
    expect(after!.candidates).toEqual(before!.candidates);
  });
});
