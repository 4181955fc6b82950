import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenTools } from '../../../../../renderer/state/tokens/tokenTools.svelte.ts';
import {
  choiceOf,
  filterChoices,
  filterOf,
  nothingText,
  shownCodes,
} from '../../../../../renderer/ui/tokens/palette/paletteCodes.ts';
import {
  boxAt,
  digitTyping,
  heightOf,
  indexAt,
  moved,
  rowsOf,
  scrolledTo,
  sideOf,
} from '../../../../../renderer/ui/tokens/palette/layout.ts';
import { renamedSet, setName, withoutSet, withSet } from '../../../../../renderer/ui/tokens/palette/sets.ts';

const layouts = fc
  .record({ count: fc.integer({ min: 1, max: 2000 }), width: fc.integer({ min: 20, max: 700 }) })
  .map(({ count, width }) => rowsOf(count, width, 20));

describe('the layout of a palette', () => {
  it('fills the width with codes that are large enough', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        expect(sideOf(layout)).toBeGreaterThanOrEqual(20);
        expect(layout.columns * sideOf(layout)).toBeCloseTo(layout.width);
        const last = boxAt(layout, layout.count - 1);
        expect(heightOf(layout)).toBeGreaterThanOrEqual(last.y + last.height - 1e-6);
      }),
    );
  });

  it('finds every code where it is drawn', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), (layout, any) => {
        const index = any % layout.count;
        const { x, y, width, height } = boxAt(layout, index);
        expect(indexAt(layout, x + width / 2, y + height / 2)).toBe(index);
      }),
    );
  });

  it('has nothing beside and below its codes', () => {
    const layout = rowsOf(25, 200, 20); // 10 to a row
    expect(indexAt(layout, -1, 5)).toBeNull();
    expect(indexAt(layout, 201, 5)).toBeNull();
    expect(indexAt(layout, 110, 50)).toBeNull(); // after the last one
    expect(indexAt(layout, 90, 50)).toBe(24);
  });

  it('lets keys go to neighbours, and never out of it', () => {
    const layout = rowsOf(25, 200, 20);
    const go = (from: number, key: string): number | null => moved(layout, from, key, 2);
    expect([go(3, 'ArrowRight'), go(3, 'ArrowLeft'), go(3, 'ArrowDown'), go(13, 'ArrowUp')]).toEqual([
      4, 2, 13, 3,
    ]);
    expect([go(0, 'ArrowLeft'), go(24, 'ArrowRight'), go(3, 'ArrowUp')]).toEqual([0, 24, 3]);
    expect([go(17, 'ArrowDown'), go(23, 'ArrowDown'), go(2, 'PageDown'), go(22, 'PageUp')]).toEqual([
      17, 23, 22, 2,
    ]);
    expect([go(7, 'Home'), go(7, 'End'), go(7, 'a')]).toEqual([0, 24, null]);
    expect(moved(rowsOf(0, 200, 20), 0, 'Home', 2)).toBeNull();
  });

  it('scrolls no further than it must', () => {
    const box = { x: 0, y: 100, width: 20, height: 20 };
    expect([scrolledTo(box, 0, 200), scrolledTo(box, 150, 200), scrolledTo(box, 0, 60)]).toEqual([
      0, 100, 60,
    ]);
  });
});

it('takes digits that follow one another for one number', () => {
  let time = 0;
  const type = digitTyping(() => time);
  expect([type('5'), type('1'), type('2')]).toEqual([5, 51, 512]);
  time = 1500;
  expect(type('7')).toBe(7);
});

describe('the codes that a palette shows', () => {
  const tools = new TokenTools();
  tools.take(2, 'p');
  tools.take(3, 'p');
  tools.toggleFavourite(1, 'p');
  tools.sets = [{ name: 'Sky', package: 'p', codes: [3, 0] }];
  const facts = {
    info: { id: 'p', palette: { order: [3, 1, 2, 0], colors: ['#000000', '#ff0000', '#fe0000', '#0000ff'] } },
    swatches: null,
    used: [
      { id: 2, count: 7 },
      { id: 0, count: 2 },
    ],
    tools,
  };
  const shown = (filter: Parameters<typeof shownCodes>[0]): number[] => [...shownCodes(filter, facts)];

  it('are those that a filter asks for', () => {
    expect(shown({ kind: 'all' })).toEqual([3, 1, 2, 0]);
    expect(shown({ kind: 'used' })).toEqual([2, 0]);
    expect(shown({ kind: 'favourites' })).toEqual([1]);
    expect(shown({ kind: 'recent' })).toEqual([3, 2]);
    expect(shown({ kind: 'set', name: 'Sky' })).toEqual([3, 0]);
    expect(shown({ kind: 'set', name: 'gone' })).toEqual([]);
  });

  it('are ordered by colour, and by likeness', () => {
    expect(shown({ kind: 'colour', colour: '#0000f0' })[0]).toBe(3);
    expect(shown({ kind: 'like', id: 1 }).slice(0, 2)).toEqual([1, 2]);
  });

  it('are explained where there are none', () => {
    expect(nothingText({ kind: 'favourites' })).toContain('star');
  });
});

describe('filters', () => {
  const sets = [{ name: 'Sky', package: 'p', codes: [1] }];

  it('come back from their choices', () => {
    for (const { value } of filterChoices(sets, 5)) expect(choiceOf(filterOf(value, 5))).toBe(value);
    expect(filterOf('like', 5)).toEqual({ kind: 'like', id: 5 });
  });

  it('ask for likeness only where there is something to be like', () => {
    expect(filterChoices([], null).map(({ value }) => value)).not.toContain('like');
    expect(filterOf('like', null)).toEqual({ kind: 'all' });
  });
});

describe('named sets', () => {
  const sky = { name: 'Sky', package: 'p', codes: [1, 2] };
  const skin = { name: 'Skin', package: 'p', codes: [3] };
  const other = { name: 'Sky', package: 'q', codes: [9] };

  it('replace those of their name, in their package', () => {
    const sets = withSet([sky, other], { ...sky, codes: [5] });
    expect(sets).toHaveLength(2);
    expect(sets).toContainEqual({ ...sky, codes: [5] });
    expect(sets).toContainEqual(other);
  });

  it('are renamed and deleted', () => {
    expect(renamedSet([sky, skin], sky, 'Skin')).toEqual([{ ...sky, name: 'Skin' }]);
    expect(withoutSet([sky, other], other)).toEqual([sky]);
    expect(renamedSet([sky], { name: 'gone', package: 'p' }, 'new')).toEqual([sky]);
  });

  it('have a name', () => {
    expect([setName('  Blue   sky '), setName('   ')]).toEqual(['Blue sky', null]);
  });
});
