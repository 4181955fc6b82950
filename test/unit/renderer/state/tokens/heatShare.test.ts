import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatShare, heatValue } from '../../../../../renderer/state/tokens/heatShare.ts';

const confidence = { kind: 'confidence', least: 0, most: 1 } as const;
const entropy = { kind: 'entropy', least: 0, most: 10 } as const;

describe('the scale of a heat map', () => {
  it('gives small confidences room', () => {
    expect([0, 0.01, 0.25, 1].map((value) => heatShare(confidence, value))).toEqual([0, 0.1, 0.5, 1]);
  });

  it('is even otherwise, and holds what lies beyond its ends', () => {
    expect([-1, 0, 5, 10, 12].map((value) => heatShare(entropy, value))).toEqual([0, 0, 0.5, 1, 1]);
    expect(heatShare({ ...entropy, most: 0 }, 3)).toBe(0);
  });

  it('says which value stands at a share', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(confidence, entropy),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (scale, share) => {
          expect(heatShare(scale, heatValue(scale, share))).toBeCloseTo(share, 9);
        },
      ),
    );
  });
});
