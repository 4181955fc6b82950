import { paramsOfJob } from '../../../../bench/support.ts';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FillOutcome, FillParams, FrameToFill } from '../../../../core/fill/params.ts';
import { crop } from '../../../../core/pixels/crop.ts';
import type { Picture } from '../../../../core/pixels/picture.ts';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import { idsAfter, startAfter } from '../../../../core/sampling/trace.ts';
import { fillFrames } from '../../../../core/fill/fillFrames.ts';
import { composeTokens } from '../../../../core/fill/composeTokens.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes } from './support.ts';

let model: LoadedPackage;
let picture: Picture;
let params: FillParams;
let outcome: FillOutcome;
beforeAll(async () => {
  model = await loadPackage(path.join(embeddedPackages(path.resolve('.')), DEFAULT_PACKAGE));
  const { picture: photo } = await readPicture(path.resolve('assets/samples/nuthatch.jpg'));
  picture = crop(photo, { x: 250, y: 200, width: 160, height: 136 });
  const job = {
    picture,
    selection: boxes(160, 136, [50, 40, 44, 37]),
    sampling: {
      ...PRESETS.balanced,
      steps: 5,
      temperature: 1,
      remasking: { kind: 'cap', eta: 0.1 } as const,
    },
    seed: 11,
    candidates: 3,
    feather: 3,
    detail: 1,
    texture: 0.75,
  };
  params = paramsOfJob(model, { ...job, picture: { ...picture, x: -7, y: 5 } });
  outcome = await fillFrames(model, params);
});
afterAll(() => model.dispose());

const frame = (): FrameToFill => params.frames[0]!;

/** Those that the model has drawn: what patches plan is laid in as they draw it. */
const modelled = () =>
  [...outcome.frames[0]!.candidates.entries()].filter(([, { source }]) => source === 'denoiser');

test('a branch with the recorded generator repeats the rest exactly, to the pixel', async () => {
  const { request } = outcome.frames[0]!;
  expect(modelled()).toHaveLength(2);
  for (const [candidate, { trace, grid }] of modelled()) {
    for (const step of [1, 3]) {
      const start = startAfter(request, trace, step);
      const branch = await fillFrames(model, { ...params, candidates: 1, frames: [{ ...frame(), start }] });
      const [again] = branch.frames[0]!.candidates;
      expect(again!.grid).toEqual(grid);
      expect(again!.trace).toEqual(trace.slice(step));
      expect(branch.candidates[0]!.patches).toEqual(outcome.candidates[candidate]!.patches);
    }
  }
});

test('composing the final tokens of a fill gives its own patch, byte for byte', async () => {
  const { hole, known, request } = outcome.frames[0]!;
  const { feather, detail, texture } = params;
  const compose = (ids: Int32Array) =>
    composeTokens(model, { frame: frame(), hole, known, ids, feather, detail, texture });
  for (const [candidate, { grid, trace }] of modelled()) {
    expect(await compose(grid.ids)).toEqual(outcome.candidates[candidate]!.patches[0]);
    const early = await compose(idsAfter(request, trace, 2));
    expect(early.rect).toEqual(outcome.candidates[candidate]!.patches[0]!.rect);
    expect(early.data).not.toEqual(outcome.candidates[candidate]!.patches[0]!.data);
  }
});

test('what is known of tokens counts more than their encoding, and pins in the hole are honoured', async () => {
  const { hole, request } = outcome.frames[0]!;
  const outside = request.grid.ids.findIndex((_, cell) => !hole.includes(cell));
  const [pin, open] = [hole[3]!, hole[4]!];
  const tokens = { cells: [outside, pin, open], ids: [7, 8, 9], pins: [pin] };
  const filled = await fillFrames(model, { ...params, frames: [{ ...frame(), tokens }] });
  const { request: asked, candidates, known } = filled.frames[0]!;
  expect(asked.pins).toEqual([pin]);
  expect([asked.grid.ids[outside], asked.grid.ids[pin], asked.grid.ids[open]]).toEqual([7, 8, -1]);
  expect([known[outside], known[pin]]).toEqual([7, 8]);
  expect(known[open]).toBe(outcome.frames[0]!.known[open]); // in the hole nothing is known
  for (const { grid, provenance, trace } of candidates) {
    expect([grid.ids[outside], grid.ids[pin]]).toEqual([7, 8]);
    expect(provenance[pin]).toEqual({ kind: 'pinned' });
    expect(trace.every(({ changed }) => !changed.includes(pin))).toBe(true);
  }
  await expect(
    fillFrames(model, { ...params, frames: [{ ...frame(), tokens: { ...tokens, ids: [7, 5000, 9] } }] }),
  ).rejects.toMatchObject({ code: 'input' });
});
