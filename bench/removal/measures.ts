import { fullRect, growRect, intersectRects } from '../../core/base/geometry.ts';
import { createRng } from '../../core/base/rng.ts';
import { createField, matchAtRandom } from '../../core/fill/synthesis/field.ts';
import { type Scene, SOURCE, TARGET } from '../../core/fill/synthesis/scene.ts';
import { costMatches, improveMatches } from '../../core/fill/synthesis/search.ts';
import { crop } from '../../core/pixels/crop.ts';
import { bounds, cropMask, type Mask } from '../../core/pixels/masks/mask.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import { planesOf } from '../quality/fills.ts';
import { absoluteError, borderStep } from '../quality/metrics.ts';
import { round, type Row } from '../report.ts';
import type { Case } from './cases.ts';
import type { Method } from './methods.ts';

/** What one method made of a case. */
export interface Made {
  readonly method: string;
  readonly filled: Picture;
  readonly ms: number;
  readonly seam: number; // mean step of luminance at the border, levels of 255
  readonly distance: number; // of its patches from those of the picture, root mean square, levels of 255
  readonly error: number | null; // mean absolute, levels of 255; null where what belongs there is not known
}

export interface Result {
  readonly of: Case;
  readonly made: readonly Made[];
}

/** Runs every method on a case. */
export async function measured(of: Case, methods: readonly Method[]): Promise<Result> {
  const { picture, selection, isKnown } = of;
  const area = intersectRects(growRect(bounds(selection)!, AROUND), fullRect(picture));
  const part = { mask: cropMask(selection, area), truth: planesOf(crop(picture, area)) };
  const made: Made[] = [];
  for (const { name, fill } of methods) {
    const started = performance.now();
    const filled = await fill(picture, selection);
    const ms = performance.now() - started;
    const shown = crop(filled, area);
    const planes = planesOf(shown);
    made.push({
      method: name,
      filled,
      ms,
      seam: 255 * borderStep(planes, part.mask),
      distance: patchDistance(shown, part.mask),
      error: isKnown ? absoluteError(part.truth, planes, part.mask) : null,
    });
  }
  return { of, made };
}

/** How much of the picture around the hole counts, px. */
const AROUND = 96;

const RADIUS = 4; // px
const PASSES = 6;

/** How unlike the known patches those of a fill are: the mean over all that touch the hole. */
export function patchDistance({ width, height, data }: Picture, mask: Mask): number {
  const colours = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) colours.set(data.subarray(4 * i, 4 * i + 3), 3 * i);
  const scene: Scene = {
    width,
    height,
    colours,
    kinds: mask.data.map((value) => (value > 0 ? TARGET : SOURCE)),
  };
  const field = createField(scene, RADIUS);
  if (!field) return NaN;
  const rng = createRng(0);
  matchAtRandom(field, rng);
  costMatches(field, 0, field.patches.length);
  for (let pass = 0; pass < PASSES; pass++) {
    const reach = Math.max(width, height);
    improveMatches(field, { forward: pass % 2 === 0, reach }, rng, 0, field.patches.length);
  }
  const values = 3 * (2 * RADIUS + 1) ** 2;
  return field.costs.reduce((sum, cost) => sum + Math.sqrt(cost / values), 0) / field.costs.length;
}

/** The means over all cases, one row a method. */
export function rowsOf(results: readonly Result[]): Row[] {
  const methods = results[0]?.made.map(({ method }) => method) ?? [];
  return methods.map((method, i) => {
    const all = results.map(({ made }) => made[i]!);
    const errors = all.flatMap(({ error }) => error ?? []);
    return {
      method,
      pictures: all.length,
      's per fill': round(mean(all.map(({ ms }) => ms)) / 1000),
      seam: round(mean(all.map(({ seam }) => seam))),
      'patch distance': round(mean(all.map(({ distance }) => distance))),
      'error where known': errors.length > 0 ? round(mean(errors)) : '',
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
