import { describe, expect, test } from 'vitest';
import { patchesIn, slicedWasserstein } from '../../../../bench/quality/slicedWasserstein.ts';
import { rectangle } from '../../../../bench/support.ts';
import { noisePlanes, planesOf } from '../../core/pixels/random.ts';

describe('the distance of textures', () => {
  const size = { width: 64, height: 64 };
  const all = rectangle(size, { x: 0, y: 0, ...size });
  const stripes = (shift: number, contrast: number) =>
    patchesIn(
      planesOf(64, 64, (x) => 0.5 + contrast * Math.sin((2 * Math.PI * (x + shift)) / 8)),
      all,
    );

  test('takes the patches that lie wholly in the mask', () => {
    const planes = noisePlanes(64, 64, 1);
    expect(patchesIn(planes, all)).toHaveLength(15 * 15);
    expect(patchesIn(planes, rectangle(size, { x: 4, y: 8, width: 12, height: 8 }))).toHaveLength(2);
    expect(patchesIn(planes, rectangle(size, { x: 4, y: 8, width: 12, height: 7 }))).toHaveLength(0);
  });

  test('is nothing for the same patches in another order, and does not see shading', () => {
    const patches = stripes(0, 0.2);
    expect(slicedWasserstein(patches, [...patches].reverse(), 1)).toBe(0);
    const brighter = patches.map((patch) => patch.map((value) => value + 0.25));
    expect(slicedWasserstein(patches, brighter, 1)).toBeCloseTo(0, 5);
  });

  test('is the larger the smoother or the busier a texture is than the true one', () => {
    const truth = stripes(0, 0.2);
    const [flat, soft, busy] = [0, 0.15, 0.4].map((contrast) =>
      slicedWasserstein(truth, stripes(3, contrast), 1),
    );
    expect(soft).toBeLessThan(flat!);
    expect(soft).toBeLessThan(busy!);
  });
});
