import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromInt64, toInt64 } from '../../../../native-models/runtime/tensors.ts';

it('widens ids as BigInt would', () => {
  const ids = Int32Array.of(0, 1, 1023, 2 ** 31 - 1);
  expect([...toInt64(ids)]).toEqual([0n, 1n, 1023n, 2147483647n]);
});

it('comes back as it went, also from the middle of a buffer', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.nat(4), (values, offset) => {
      const ids = Int32Array.from(values);
      expect(fromInt64(toInt64(ids))).toEqual(ids);
      const inside = new BigInt64Array(values.length + offset);
      inside.set(toInt64(ids), offset);
      expect(fromInt64(inside.subarray(offset))).toEqual(ids);
    }),
  );
});
