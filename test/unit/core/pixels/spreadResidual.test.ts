import { describe, expect, test } from 'vitest';
import { membraneOver } from '../../../../core/pixels/membrane.ts';
import { spreadResidual } from '../../../../core/pixels/spreadResidual.ts';
import { maskOf } from './random.ts';

const SIDE = 80;
const hole = maskOf(SIDE, SIDE, (x, y) => x >= 10 && x < 70 && y >= 10 && y < 70);
const at = (channel: Float32Array, x: number, y: number): number => channel[y * SIDE + x]!;

/** An error of `value` to the left of the hole and of 5 elsewhere. */
function channelOf(value: number): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE < 10 ? value : 5));
}

function spread(value: number, reach: number): Float32Array {
  const channel = channelOf(value);
  spreadResidual(hole, membraneOver(hole), reach)(channel);
  return channel;
}

describe('spreadResidual', () => {
  test('is the membrane where the error is one that a tokenizer makes', () => {
    const plain = channelOf(38);
    membraneOver(hole)(plain);
    expect(spread(38, 8)).toEqual(plain);
  });

  test('meets a large difference at the border and keeps it from spreading', () => {
    const plain = channelOf(180);
    membraneOver(hole)(plain);
    const limited = channelOf(40);
    membraneOver(hole)(limited);
    const result = spread(180, 8);
    expect(at(result, 10, 40)).toBeGreaterThan(0.9 * at(plain, 10, 40));
    // Five tokens in, little more than the tokenizer's error is left.
    expect(at(result, 50, 40) - at(limited, 50, 40)).toBeLessThan(
      0.1 * (at(plain, 50, 40) - at(limited, 50, 40)),
    );
  });

  test('spreads everything where no reach is given', () => {
    const plain = channelOf(-180);
    membraneOver(hole)(plain);
    spread(-180, Infinity).forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i]!, 2);
    });
  });
});
