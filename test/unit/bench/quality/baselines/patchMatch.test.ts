import { describe, expect, test } from 'vitest';
import { patchMatchFill } from '../../../../../bench/quality/baselines/patchMatch.ts';
import { improve, startField } from '../../../../../bench/quality/baselines/nearestField.ts';
import { pyramid } from '../../../../../bench/quality/baselines/pyramid.ts';
import { absoluteError } from '../../../../../bench/quality/metrics.ts';
import { rectangle } from '../../../../../bench/support.ts';
import { toPicture, toPlanes } from '../../../../../core/pixels/planes.ts';
import { fullRect } from '../../../../../core/base/geometry.ts';
import { createRng } from '../../../../../core/base/rng.ts';
import { noisePicture, planesOf } from '../../../core/pixels/random.ts';

const size = { width: 64, height: 64 };
const hole = rectangle(size, { x: 22, y: 20, width: 18, height: 21 });

describe('PatchMatch', () => {
  test('continues a texture that the rest of the picture shows', () => {
    const checks = planesOf(64, 64, (x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 0.2 : 0.8));
    const picture = toPicture(checks);
    const erased = { ...picture, data: picture.data.slice() };
    hole.data.forEach((value, i) => value > 0 && erased.data.fill(255, 4 * i, 4 * i + 3));
    const filled = patchMatchFill(erased, hole);
    const planes = toPlanes(filled, fullRect(filled), filled);
    expect(absoluteError(checks, planes, hole)).toBeLessThan(8); // a flat grey would be 76 levels off
  });

  test('leaves the rest alone, repeats itself, and does not look under the hole', () => {
    const picture = noisePicture(64, 64, 4);
    const other = { ...picture, data: picture.data.slice() };
    hole.data.forEach((value, i) => value > 0 && other.data.fill(9, 4 * i, 4 * i + 3));
    const filled = patchMatchFill(picture, hole);
    expect(patchMatchFill(other, hole).data).toEqual(filled.data);
    hole.data.forEach((value, i) => {
      if (value > 0) return;
      expect(filled.data[4 * i]).toBe(picture.data[4 * i]);
    });
  });

  test('every pass makes matches cheaper or leaves them, and takes known patches only', () => {
    const noise = noisePicture(64, 64, 7);
    const scale = pyramid(toPlanes(noise, fullRect(noise), noise), hole).at(-1)!;
    const field = startField(scale, createRng(2));
    const rng = createRng(3);
    improve(scale, field, rng, true);
    const before = field.costs.slice();
    improve(scale, field, rng, false);
    for (const target of field.targets) {
      expect(field.costs[target]).toBeLessThanOrEqual(before[target]!);
      expect(field.valid[field.sources[target]!]).toBe(1);
    }
  });
});
