import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPicture, paramsOfJob } from '../../../../bench/support.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { fillFrames } from '../../../../core/fill/fillFrames.ts';
import type { FilledFrame, FillOutcome } from '../../../../core/fill/params.ts';
import { prefill } from '../../../../core/fill/prefill.ts';
import { tiled } from '../../../../core/model/tiling.ts';
import { runFill } from '../../../../core/sampling/runFill.ts';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, changedOutside, jobOf, loadTiny, patched, pattern } from './support.ts';

let model: LoadedPackage;
beforeAll(async () => {
  model = await loadTiny();
});
afterAll(() => model.dispose());

const SIZE = [120, 90] as const;
const picture = pattern(...SIZE);
const selection = boxes(...SIZE, [40, 30, 32, 24]);
const job = (candidates: number) => jobOf(picture, selection, { candidates, scale: 1 });

const sourcesOf = ({ frames }: FillOutcome): string[] => frames[0]!.candidates.map(({ source }) => source);

describe('plans', () => {
  test('come from the denoiser, from patches, and from patches that it mends', async () => {
    const outcome = await fillPicture(model, job(5));
    expect(sourcesOf(outcome)).toEqual(['denoiser', 'patches', 'denoiser', 'mended', 'denoiser']);
    for (const { patches } of outcome.candidates) {
      expect(changedOutside(picture, patched(picture, patches), selection)).toBe(0);
    }
  });

  test('of patches have the tokens that their pixels are encoded to', async () => {
    const { frames, candidates } = await fillPicture(model, job(2));
    const [{ hole, candidates: filled }] = frames as [FilledFrame];
    const shown = patched(picture, candidates[1]!.patches);
    const { rect, columns, rows } = paramsOfJob(model, job(2)).frames[0]!.plan.frame;
    const size = { width: 8 * columns, height: 8 * rows };
    const nothing = boxes(...SIZE);
    const { grid } = await tiled(model.tokenizer).encode(prefill(shown, rect, nothing, size));
    expect(hole.map((cell) => filled[1]!.grid.ids[cell])).toEqual(hole.map((cell) => grid.ids[cell]));
  });

  test('of patches are others with another seed, and the same with the same', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => (await fillPicture(model, { ...job(2), seed })).candidates[1]!.patches),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('are the denoiser’s alone where something else leads', async () => {
    const params = paramsOfJob(model, job(2));
    const [frame] = params.frames as [(typeof params.frames)[number]];
    const own = ['denoiser', 'denoiser'];
    expect(sourcesOf(await fillFrames(model, { ...params, texture: 0 }))).toEqual(own);
    expect(sourcesOf(await fillFrames(model, { ...params, strength: 0.5 }))).toEqual(own);
    const [pin] = (await fillFrames(model, params)).frames[0]!.hole;
    const tokens = { cells: [pin!], ids: [2], pins: [pin!] };
    const hinted = await fillFrames(model, { ...params, frames: [{ ...frame, tokens }] });
    expect(sourcesOf(hinted)).toEqual(own);
  });

  test('of patches are drawn again, to the token, by the request that they are recorded with', async () => {
    const [{ request, candidates }] = (await fillPicture(model, job(4))).frames as [FilledFrame];
    const repeated = await runFill(request, model.denoiser, createRng(request.seed));
    expect(repeated.map(({ grid }) => grid)).toEqual(candidates.map(({ grid }) => grid));
  });

  test('of a single candidate are the denoiser’s', async () => {
    expect(sourcesOf(await fillPicture(model, job(1)))).toEqual(['denoiser']);
  });
});

describe('a candidate that is made alone', () => {
  const wide = jobOf(pattern(480, 400), boxes(480, 400, [120, 100, 160, 150]), { scale: 1 });

  test.each([
    ['a small hole', (count: number) => job(count)],
    ['a wide hole, with coarse passes', (count: number) => ({ ...wide, candidates: count })],
  ])('of %s has the tokens and pixels that it has among others', async (_, jobFor) => {
    const all = await fillFrames(model, paramsOfJob(model, jobFor(5)));
    for (let first = 0; first < 5; first++) {
      const alone = await fillFrames(model, { ...paramsOfJob(model, jobFor(1)), first });
      const own = all.frames[0]!.candidates[first]!;
      expect(alone.frames[0]!.candidates[0]).toMatchObject({ grid: own.grid, source: own.source });
      expect(alone.candidates[0]!.patches).toEqual(all.candidates[first]!.patches);
    }
  });

  test('is repeated by the request that it is recorded with', async () => {
    const { frames } = await fillFrames(model, { ...paramsOfJob(model, job(1)), first: 3 });
    const [{ request, candidates }] = frames as [FilledFrame];
    const [repeated] = await runFill(request, model.denoiser, createRng(request.seed));
    expect(repeated!.grid).toEqual(candidates[0]!.grid);
  });
});
