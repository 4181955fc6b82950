import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pastePatch } from '../../../../core/pixels/crop.ts';
import { rankingOf, scoreOf } from '../../../../core/fill/score.ts';
import type { PixelPatch } from '../../../../core/pixels/picture.ts';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { fillPicture, paramsOfJob } from '../../../../bench/support.ts';
import { boxes, jobOf, loadTiny, pattern } from './support.ts';

let model: LoadedPackage;
beforeAll(async () => {
  model = await loadTiny();
});
afterAll(() => model.dispose());

const picture = pattern(120, 90);
const selection = boxes(120, 90, [40, 30, 32, 24]);
const job = (candidates: number) => jobOf(picture, selection, { candidates, scale: 1 });

describe('candidates', () => {
  test('are scored where there are several, and ranked by that', async () => {
    const { candidates, ranking } = await fillPicture(model, job(4));
    const scores = candidates.map(({ score }) => score);
    for (const score of scores) {
      expect(score!.surprise).toBeGreaterThan(0);
      expect(score!.seam).toBeGreaterThan(0);
    }
    expect(ranking).toEqual(rankingOf(scores));
    expect((await fillPicture(model, job(1))).candidates[0]!.score).toBeNull();
  });

  test('that go on as the picture does are less surprising than others, and have less of a seam', async () => {
    const params = paramsOfJob(model, job(2));
    const [frame] = params.frames;
    const rect = { x: 40, y: 30, width: 32, height: 24 };
    const patch = (of: (i: number, c: number) => number): PixelPatch => ({
      rect,
      data: Uint8Array.from({ length: 4 * 32 * 24 }, (_, i) => (i % 4 === 3 ? 255 : of(i >> 2, i % 4))),
    });
    const truth = patch((i, c) => picture.data[4 * ((30 + Math.floor(i / 32)) * 120 + 40 + (i % 32)) + c]!);
    const checks = patch((i) => (((i >> 3) + Math.floor(i / 256)) % 2 === 0 ? 255 : 0));
    const task = { model, frame: frame!, settings: params };
    const { hole } = (await fillPicture(model, job(1))).frames[0]!;
    const [fits, odd] = [await scoreOf(task, hole, truth), await scoreOf(task, hole, checks)];
    expect(fits.surprise).toBeLessThan(odd.surprise);
    expect(fits.seam).toBeLessThan(odd.seam);
    const before = frame!.picture.slice();
    pastePatch({ ...frame!.region, data: before }, truth);
    expect(Buffer.compare(before, frame!.picture)).toBe(0); // the params were not drawn in
  });
});
