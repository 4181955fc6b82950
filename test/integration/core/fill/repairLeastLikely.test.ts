import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../../../../core/document/document.ts';
import { pictureWith } from '../../../../core/document/fillDocument.ts';
import { repairLeastLikely } from '../../../../core/document/repairLeastLikely.ts';
import { DEFAULT_SETTINGS } from '../../../../core/fill/settings.ts';
import { frameOptions, planFills } from '../../../../core/fill/planFills.ts';
import { cellsMask } from '../../../../core/frames/cellRects.ts';
import { holeIn } from '../../../../core/frames/hole.ts';
import { regionFor } from '../../../../core/frames/regionFor.ts';
import type { Mask } from '../../../../core/pixels/masks/mask.ts';
import { encodeFrame } from '../../../../core/paint/encodeFrame.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { likelihoods } from '../../../../core/sampling/likelihoods.ts';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, changedOutside, loadTiny, pattern } from './support.ts';

let model: LoadedPackage;
beforeAll(async () => {
  model = await loadTiny();
});
afterAll(() => model.dispose());

const picture = pattern(128, 96);
const settings = { ...DEFAULT_SETTINGS, texture: 0, detail: 0, seed: 3, strength: 1 };

/** How many tokens are selected, and the part of the mask that some of them make, the least likely ones. */
async function measured(mask: Mask): Promise<{ count: number; least: (count: number) => Uint8Array }> {
  const document = documentOf(picture, mask);
  const options = frameOptions({ ...model.tokenizer, window: model.denoiser.window }, null);
  const [plan, ...others] = planFills(document, options);
  expect(others).toEqual([]);
  const { frame, bounds } = plan!;
  const region = regionFor({ frame, bounds }, document.canvas, 0);
  const { grid } = await encodeFrame(model.tokenizer, {
    frame,
    region,
    picture: readRect(document.picture, region),
  });
  const { probabilities } = await likelihoods(grid, model.denoiser);
  const cells = [...holeIn(document.selection, { frame, bounds }).cells];
  const sorted = [...cells].sort((a, b) => probabilities[a]! - probabilities[b]! || a - b);
  return {
    count: cells.length,
    least(count) {
      const squares = new Uint8Array(mask.data.length);
      const { rect, data } = cellsMask(frame, sorted.slice(0, count), document.canvas);
      for (let y = 0; y < rect.height; y++)
        squares.set(data.subarray(y * rect.width, (y + 1) * rect.width), (rect.y + y) * mask.width + rect.x);
      return squares.map((value, i) => Math.min(value, mask.data[i]!));
    },
  };
}

describe('a repair of the least likely tokens', () => {
  test('selects that share of what was selected, and changes nothing else', async () => {
    const mask = boxes(128, 96, [0, 0, 128, 96]);
    const { count, least } = await measured(mask);
    const shares: number[] = [];
    const { document, fill } = await repairLeastLikely(model, documentOf(picture, mask), settings, 0.25, {
      onMeasured: (done) => shares.push(done),
    });
    const selected = readRect(document.selection, document.canvas);
    expect(selected).toEqual(least(Math.round(0.25 * count)));
    expect(shares.at(-1)).toBe(1);
    const after = pictureWith(document, fill, 0);
    expect(changedOutside(picture, after, { ...mask, data: selected })).toBe(0);
    expect(after.data).not.toEqual(picture.data);
    expect(fill.outcome.frames[0]!.request.strength).toBe(1);
  });

  test('looks only at what is masked, and takes one token at least', async () => {
    const mask = boxes(128, 96, [20, 20, 44, 30]);
    const { least } = await measured(mask);
    const { document } = await repairLeastLikely(model, documentOf(picture, mask), settings, 0.001);
    expect(readRect(document.selection, document.canvas)).toEqual(least(1));
  });
});
