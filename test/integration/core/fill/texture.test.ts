import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillPicture, paramsOfJob } from '../../../../bench/support.ts';
import { fillFrames } from '../../../../core/fill/fillFrames.ts';
import type { FilledFrame } from '../../../../core/fill/params.ts';
import type { Picture, PixelPatch } from '../../../../core/pixels/picture.ts';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { boxes, changedOutside, jobOf, loadTiny, patched, pattern } from './support.ts';

let model: LoadedPackage;
beforeAll(async () => {
  model = await loadTiny();
});
afterAll(() => model.dispose());

const SIZE = [96, 80] as const;
const picture = pattern(...SIZE);
const selection = boxes(...SIZE, [32, 24, 32, 32]);
const job = (texture: number, candidates = 1) => jobOf(picture, selection, { scale: 1, texture, candidates });

async function filled(texture: number): Promise<Picture> {
  return patched(picture, (await fillPicture(model, job(texture))).candidates[0]!.patches);
}

/** The colours of a pixel. */
function colourAt({ width, data }: Picture, x: number, y: number): number[] {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

describe('texture', () => {
  it.each([0, 0.3, 0.75, 1])('of %d leaves every byte outside the selection alone', async (texture) => {
    expect(changedOutside(picture, await filled(texture), selection)).toBe(0);
  });

  it('of 1 draws with the picture, which has colours that the model of eight greys does not know', async () => {
    const [modelled, drawn] = [await filled(0), await filled(1)];
    expect(Buffer.compare(modelled.data, drawn.data)).not.toBe(0);
  });

  it('changes no token that the model draws', async () => {
    const [without, drawn] = await Promise.all(
      [0, 1].map(async (texture) => {
        const [{ grid, source }] = (await fillPicture(model, job(texture, 2))).frames[0]!.candidates as [
          FilledFrame['candidates'][number],
        ];
        expect(source).toBe('denoiser');
        return grid;
      }),
    );
    expect(drawn).toEqual(without);
  });

  it('gives a candidate the same pixels alone and beside others', async () => {
    const [alone] = (await fillPicture(model, job(1))).candidates;
    const [beside] = (await fillPicture(model, job(1, 2))).candidates;
    expect(beside!.patches).toEqual(alone!.patches);
  });

  it('is seen of a large hole as soon as the first scale is drawn', async () => {
    const large = jobOf(pattern(320, 320), boxes(320, 320, [30, 30, 260, 260]), { scale: 1, texture: 1 });
    const seen: PixelPatch[] = [];
    const { candidates } = await fillPicture(model, large, {
      onProgress: (progress) => {
        if (progress.kind === 'preview') seen.push(progress.patch);
      },
    });
    expect(seen).toHaveLength(3); // as the model draws it, at the first scale, and as it is
    expect(seen[2]).toEqual(candidates[0]!.patches[0]);
    expect(seen[1]!.rect).toEqual(seen[2]!.rect);
    expect(new Set(seen.map(({ data }) => Buffer.from(data).toString('base64'))).size).toBe(3);
    for (const patch of seen) {
      expect(changedOutside(large.picture, patched(large.picture, [patch]), large.selection)).toBe(0);
    }
  });

  it('leaves painted tokens as the model draws them', async () => {
    const at = async (texture: number): Promise<readonly PixelPatch[]> => {
      const params = paramsOfJob(model, job(texture));
      const [frame] = params.frames;
      const { columns } = frame!.plan.frame;
      const cell = 4 * columns + 5; // in the selection
      const tokens = { cells: [cell], ids: [7], pins: [cell] };
      const outcome = await fillFrames(model, { ...params, frames: [{ ...frame!, tokens }] });
      expect(outcome.frames[0]!.hole).toContain(cell);
      return outcome.candidates[0]!.patches;
    };
    const [modelled, drawn] = [patched(picture, await at(0)), patched(picture, await at(1))];
    const { rect } = paramsOfJob(model, job(0)).frames[0]!.plan.frame;
    const [left, top] = [rect.x + 5 * 8, rect.y + 4 * 8];
    // Colours at the cell's border bend to what is around it, as a fill's do.
    expect(colourAt(drawn, left + 4, top + 4)).toEqual(colourAt(modelled, left + 4, top + 4));
  });
});
