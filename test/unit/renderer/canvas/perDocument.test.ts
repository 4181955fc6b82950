import { describe, expect, it } from 'vitest';
import { PerDocument } from '../../../../renderer/canvas/perDocument.ts';
import { picturedDocument } from '../support/editor.ts';

describe('what is made for each document', () => {
  const [a, b, c, d] = [1, 2, 3, 4].map(() => picturedDocument({ x: 0, y: 0, width: 16, height: 16 }));

  it('is cached for those that were seen last', () => {
    let made = 0;
    const each = new PerDocument(() => ++made);
    expect([a, b, a, b, a].map((document) => each.of(document!))).toEqual([1, 2, 1, 2, 1]);
    expect(each.of(c!)).toBe(3);
    expect(each.of(d!)).toBe(4); // b was not seen for the longest time
    expect([each.of(a!), each.of(c!), each.of(b!)]).toEqual([1, 3, 5]);
  });
});
