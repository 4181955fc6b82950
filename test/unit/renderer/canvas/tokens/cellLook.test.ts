import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeatMap } from '../../../../../renderer/state/tokens/tokenWork.svelte.ts';
import {
  colourCells,
  DIFFERS,
  IS_CHOSEN,
  markCells,
  PIN,
  WOULD_CHANGE,
  type CellLook,
} from '../../../../../renderer/canvas/tokens/cellLook.ts';
import { changedBounds } from '../../../../../renderer/canvas/tokens/cellLayer.ts';

const NOTHING: CellLook = {
  heat: null,
  hole: null,
  stroke: null,
  edit: null,
  signed: null,
  chosen: [],
  pins: [],
  differing: [],
};
const PAINTS = { palette: Uint32Array.of(0xff0000aa, 0xff00bb00, 0xffcc0000), accent: 0xff112233 };

function coloursOf(look: Partial<CellLook>, cells = 6): string[] {
  const out = new Uint32Array(cells).fill(1);
  colourCells(out, { ...NOTHING, ...look }, PAINTS);
  return Array.from(out, (pixel) => pixel.toString(16));
}

const alphaOf = (pixel: string): number => Number.parseInt(pixel.padStart(8, '0').slice(0, 2), 16);

describe('what lies over cells', () => {
  it('is nothing where there is nothing to say', () => {
    expect(coloursOf({})).toEqual(['0', '0', '0', '0', '0', '0']);
  });

  it('is the colour of the code where the picture does not show yet what was painted', () => {
    const stroke = {
      ids: new Map([
        [1, 0],
        [2, 1],
        [3, 2],
      ]),
      shown: new Set([2]),
    };
    expect(coloursOf({ stroke })).toEqual(['0', 'ff0000aa', '0', 'ffcc0000', '0', '0']);
  });

  it('lets the picture through a heat map, a hole and chosen cells', () => {
    const heat = { values: Float32Array.of(0, 1, 2, 3, 9, -9), least: 0, most: 3 } as unknown as HeatMap;
    const hot = coloursOf({ heat });
    expect(hot.map(alphaOf).every((alpha) => alpha > 100 && alpha < 220)).toBe(true);
    expect(hot[0]).toBe(hot[5]); // below the scale
    expect(hot[3]).toBe(hot[4]); // above it
    expect(new Set(hot).size).toBe(4);
    const [inHole, beside] = coloursOf({ hole: Uint8Array.of(1, 0, 0, 0, 0, 0) });
    expect([alphaOf(inHole!) > 0, beside]).toEqual([true, '0']);
    expect(coloursOf({ chosen: [2] }).filter((pixel) => pixel !== '0')).toHaveLength(1);
  });

  it('keeps a heat map where cells are chosen, and shows what would be painted over it', () => {
    const heat = { values: new Float32Array(6), least: 0, most: 1 } as unknown as HeatMap;
    const edit = { cells: Int32Array.of(4), ids: Int32Array.of(1) };
    const colours = coloursOf({ heat, chosen: [0], edit });
    expect(colours[0]).toBe(colours[1]);
    expect(colours[4]!.slice(2)).toBe('00bb00');
  });

  it('is marked by all that holds for a cell', () => {
    const out = new Uint8Array(4);
    const edit = { cells: Int32Array.of(2), ids: Int32Array.of(0) };
    markCells(out, { ...NOTHING, pins: [0, 1], chosen: [1], differing: Int32Array.of(3), edit });
    expect([...out]).toEqual([PIN, PIN | IS_CHOSEN, WOULD_CHANGE, DIFFERS]);
  });
});

describe('the bounds of what changed', () => {
  it('hold every cell that did, and are no larger than that', () => {
    const cells = fc.array(fc.nat({ max: 2 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const bounds = changedBounds(a, b, 6);
        const changed = [...a.keys()].filter((cell) => a[cell] !== b[cell]);
        if (changed.length === 0) {
          expect(bounds).toBeNull();
          return;
        }
        const columns = changed.map((cell) => cell % 6);
        const rows = changed.map((cell) => Math.floor(cell / 6));
        const [x, y] = [Math.min(...columns), Math.min(...rows)];
        expect(bounds).toEqual({
          x,
          y,
          width: Math.max(...columns) - x + 1,
          height: Math.max(...rows) - y + 1,
        });
      }),
    );
  });
});
