import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPicture, paramsOfJob } from '../../../../bench/support.ts';
import { composeTokens } from '../../../../core/fill/composeTokens.ts';
import { cellBounds, cellsInPicture } from '../../../../core/frames/cells.ts';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, changedOutside, jobOf, loadTiny, patched, pattern } from './support.ts';

let model: LoadedPackage;
beforeAll(async () => {
  model = await loadTiny();
});
afterAll(() => model.dispose());

const picture = pattern(64, 64);
const selection = boxes(64, 64, [8, 8, 40, 40]);
const job = jobOf(picture, selection, { strength: 0.4, texture: 0, detail: 0, candidates: 2, seed: 3 });

describe('a repair', () => {
  test('changes that share of the tokens at most, and only pixels of those that changed', async () => {
    const outcome = await fillPicture(model, job);
    const [frame] = outcome.frames;
    const { hole, known, request, candidates } = frame!;
    expect(request.strength).toBe(0.4);
    expect(hole.every((cell) => request.grid.ids[cell] === known[cell])).toBe(true);
    const { plan } = paramsOfJob(model, job).frames[0]!;
    candidates.forEach(({ grid }, c) => {
      const changed = hole.filter((cell) => grid.ids[cell] !== known[cell]);
      expect(changed.length).toBeLessThanOrEqual(Math.ceil(0.4 * hole.length));
      expect(changed.length).toBeGreaterThan(0);
      const footprint = changed.map((cell) => cellsInPicture(cellBounds([cell], plan.frame), plan.frame));
      const mask = boxes(
        64,
        64,
        ...footprint.map(({ x, y, width, height }): [number, number, number, number] => [
          x,
          y,
          width,
          height,
        ]),
      );
      const after = patched(picture, outcome.candidates[c]!.patches);
      expect(changedOutside(picture, after, mask)).toBe(0);
      expect(changedOutside(picture, after, selection)).toBe(0);
    });
  });

  test('is laid in by its tokens as it was made, byte for byte', async () => {
    const outcome = await fillPicture(model, job);
    const { hole, known, candidates } = outcome.frames[0]!;
    const frame = paramsOfJob(model, job).frames[0]!;
    const settings = { feather: 0, detail: 0, texture: 0, repair: true };
    for (const [c, { grid }] of candidates.entries()) {
      const patch = await composeTokens(model, { frame, hole, known, ids: grid.ids, ...settings });
      expect(patch).toEqual(outcome.candidates[c]!.patches[0]);
    }
    const same = await composeTokens(model, { frame, hole, known, ids: known, ...settings });
    expect(same.data).toHaveLength(0);
  });

  test('sees what is selected, which a fill does not', async () => {
    const other = {
      ...picture,
      data: picture.data.map((value, i) => (selection.data[i >> 2] ? 255 - value : value)),
    };
    const plain = jobOf(other, selection, { texture: 0, detail: 0 });
    const repair = { ...job, picture: other };
    const known = async (asked: typeof job): Promise<Int32Array> =>
      (await fillPicture(model, asked)).frames[0]!.known;
    const hidden = await known(plain);
    expect(await known({ ...plain, picture })).toEqual(hidden);
    expect(await known(repair)).not.toEqual(await known(job));
  });
});
