import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { applyPatch, invertPatch, putTokens } from '../../../../core/tokens/edit.ts';
import { createGrid, MASK, type TokenGrid } from '../../../../core/tokens/grid.ts';
import {
  flipStamp,
  stampEdit,
  stampFromText,
  stampToText,
  takeStamp,
  type TokenStamp,
} from '../../../../core/tokens/stamp.ts';
import { grids } from './support.ts';

const made = { id: 'bä.se', sha256: 'ab12' };
const grid = createGrid(4, 3, [0, 1, 2, 3, 4, 5, MASK, 7, 8, 9, 10, 11]);

const put = (onto: TokenGrid, stamp: TokenStamp, column: number, row: number): TokenGrid =>
  applyPatch(onto, putTokens(onto, stampEdit(stamp, onto, column, row)));

describe('takeStamp', () => {
  test('takes the cells as they lie, with gaps between them', () => {
    const stamp = takeStamp(made, grid, [10, 5, 7]);
    expect(stamp).toEqual({ package: made, grid: createGrid(3, 2, [5, MASK, 7, MASK, 10, MASK]) });
  });

  test('leaves out what has no token', () => {
    expect(takeStamp(made, grid, [6, 5]).grid).toEqual(createGrid(1, 1, [5]));
    expect(() => takeStamp(made, grid, [6])).toThrow('There are no tokens to take.');
    expect(() => takeStamp(made, grid, [])).toThrow('There are no tokens to take.');
  });

  test('put back where it was taken changes nothing, and elsewhere is undone to the token', () => {
    fc.assert(
      fc.property(grids(9), fc.array(fc.nat(), { minLength: 1 }), fc.nat(9), fc.nat(9), (any, some, x, y) => {
        const cells = some.map((cell) => cell % any.ids.length).filter((cell) => any.ids[cell] !== MASK);
        fc.pre(cells.length > 0);
        const stamp = takeStamp(made, any, cells);
        const left = Math.min(...cells.map((cell) => cell % any.width));
        const top = Math.floor(Math.min(...cells) / any.width);
        expect(putTokens(any, stampEdit(stamp, any, left, top)).cells).toHaveLength(0);
        const patch = putTokens(any, stampEdit(stamp, any, x - 4, y - 4));
        expect(applyPatch(applyPatch(any, patch), invertPatch(patch))).toEqual(any);
      }),
    );
  });
});

describe('stampEdit', () => {
  test('is cut at the edges', () => {
    const stamp = takeStamp(made, grid, [0, 1, 4, 5]);
    expect([...put(createGrid(3, 2), stamp, -1, 1).ids]).toEqual([-1, -1, -1, 1, -1, -1]);
    expect([...put(createGrid(3, 2), stamp, 2, -1).ids]).toEqual([-1, -1, 4, -1, -1, -1]);
    expect(stampEdit(stamp, grid, 4, 0).cells).toHaveLength(0);
  });

  test('leaves alone what was not taken, and names cells in ascending order', () => {
    const stamp = takeStamp(made, grid, [1, 4]);
    const edit = stampEdit(stamp, { width: 5, height: 5 }, 3, 2);
    expect(edit).toEqual({ cells: Int32Array.of(14, 18), ids: Int32Array.of(1, 4) });
  });
});

describe('flipStamp', () => {
  const stamp = takeStamp(made, grid, [0, 1, 2, 4, 5]);

  test('turns it over', () => {
    expect([...flipStamp(stamp, 'horizontal').grid.ids]).toEqual([2, 1, 0, MASK, 5, 4]);
    expect([...flipStamp(stamp, 'vertical').grid.ids]).toEqual([4, 5, MASK, 0, 1, 2]);
  });

  test('twice is nothing', () => {
    for (const direction of ['horizontal', 'vertical'] as const) {
      expect(flipStamp(flipStamp(stamp, direction), direction)).toEqual(stamp);
    }
  });
});

describe('a stamp as text', () => {
  const stamp = takeStamp(made, grid, [10, 5, 7]);

  test('can be read', () => {
    expect(stampToText(stamp)).toBe(`{
  "format": 1,
  "package": {"id":"bä.se","sha256":"ab12"},
  "width": 3,
  "height": 2,
  "rows": [
    [5, -1, 7],
    [-1, 10, -1]
  ]
}
`);
  });

  test('comes back, also from clipboards with other line ends', () => {
    fc.assert(
      fc.property(grids(99), (grid) => {
        const text = stampToText({ package: made, grid });
        expect(stampFromText(text)).toEqual({ package: made, grid });
        expect(stampFromText(`\ufeff${text.replaceAll('\n', '\r\n')}\n`)).toEqual({
          package: made,
          grid,
        });
      }),
    );
  });

  test('of too many tokens is not made', () => {
    const large = { package: made, grid: createGrid(1025, 1) };
    expect(() => stampToText(large)).toThrow('1025 x 1 tokens are too many for the clipboard');
  });

  const plain = JSON.parse(stampToText(stamp)) as Record<string, unknown>;
  const cases: [string, string, string][] = [
    ['any text', 'hello', 'it is not JSON'],
    ['a number', '7', 'it must be an object'],
    ['another object', '{"a": 1}', 'format must be 1'],
    ['a package without hash', changed({ package: { id: 'a' } }), 'package.sha256 must be a text'],
    ['no width', changed({ width: 0 }), 'width must be a whole number from 1 to 1024'],
    ['a huge one', changed({ width: 1e9, height: 1e9 }), 'width must be a whole number from 1 to 1024'],
    ['a broken id', changed({ rows: [[0, 1.5, 2]] }), 'rows[0][1] must be the id of a code, or -1 where'],
    ['too few rows', changed({ height: 3 }), 'the rows are not 3 of 3 ids each'],
    ['a short row', changed({ rows: [[1, 2, 3], [4]] }), 'the rows are not 2 of 3 ids each'],
    ['a newer version', changed({ format: 2 }), 'a newer version of Tessera made them'],
    ['too much', ' '.repeat(2 ** 23 + 1), 'it is too long'],
  ];

  function changed(values: Record<string, unknown>): string {
    return JSON.stringify({ ...plain, ...values });
  }

  test.each(cases)('%s is refused in one sentence', (_, text, what) => {
    const error = refusal(text);
    expect(error.code).toBe('input');
    expect(error.message).toContain(`The text holds no tokens that can be pasted (${what}`);
    expect(error.hint).toMatch(/^[A-Z][^.]*\.$/);
  });

  function refusal(text: string): TesseraError {
    try {
      stampFromText(text);
    } catch (error) {
      if (error instanceof TesseraError) return error;
      throw error;
    }
    throw new Error('it was taken');
  }

  test('whatever is pasted gives a stamp or a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => stampFromText(text)).toThrow(TesseraError);
      }),
    );
  });
});
