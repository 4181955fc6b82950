import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLeaders } from '../../../../core/sampling/leaders.ts';

it('leaders are what sorting would put first', () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (values, count) => {
      const leaders = createLeaders(count);
      values.forEach((number, i) => {
        leaders.add(number);
        const seen = values.slice(0, i + 1).sort((a, b) => b - a);
        expect(leaders.least() + 0).toBe((seen[count - 1] ?? -Infinity) + 0); // + 0: no matter which zero
      });
    }),
  );
});
