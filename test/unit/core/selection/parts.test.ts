import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { planFills } from '../../../../core/fill/planFills.ts';
import { partsByFlood } from '../pixels/masks/flood.ts';
import { bounds as boundsOfMask } from '../../../../core/pixels/masks/mask.ts';
import { labelRuns } from '../../../../core/pixels/masks/labels.ts';
import { selectionToHole } from '../../../../core/frames/selectionToHole.ts';
import { intersectRects, isEmptyRect, type Rect } from '../../../../core/base/geometry.ts';
import { fromFlat, readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { TILE, type Raster } from '../../../../core/raster/raster.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import { boundsWithin } from '../../../../core/selection/boundsWithin.ts';
import { holeIn } from '../../../../core/frames/hole.ts';
import { selectionParts } from '../../../../core/selection/parts.ts';
import { beginStroke, endStroke, strokeTo } from '../../../../core/selection/stroke.ts';
import { seed } from '../pixels/random.ts';
import { noiseSelection, rects } from '../raster/support.ts';

vi.mock(import('../../../../core/frames/selectionToHole.ts'), async (original) => {
  const { selectionToHole } = await original();
  return { selectionToHole: vi.fn(selectionToHole) };
});
vi.mock(import('../../../../core/pixels/masks/labels.ts'), async (original) => {
  const { labelRuns } = await original();
  return { labelRuns: vi.fn(labelRuns) };
});

afterEach(() => {
  vi.clearAllMocks();
});

/** The same by looking at all of it at once. */
function flatParts(selection: Raster): Rect[] {
  const { rect } = selection;
  return partsByFlood({ ...rect, data: readRect(selection, rect) });
}

describe('the parts of a selection', () => {
  it('are those of the flat selection, in their order', () => {
    fc.assert(
      fc.property(rects(600), seed, (canvas, random) => {
        const selection = noiseSelection(canvas, random);
        expect(selectionParts(selection)).toEqual(flatParts(selection));
      }),
      { numRuns: 60 },
    );
  });

  it('hang together across the corners of tiles, and across tiles that are full', () => {
    const canvas = { x: -TILE, y: -TILE, width: 4 * TILE, height: 3 * TILE };
    const dots = [
      [-1, -1],
      [0, 0],
      [2 * TILE - 1, 0],
      [2 * TILE, -1],
    ] as const;
    let selection = empty(canvas, 1);
    for (const [x, y] of dots) selection = filled(selection, { x, y, width: 1, height: 1 });
    expect(selectionParts(selection)).toEqual([
      { x: -1, y: -1, width: 2, height: 2 },
      { x: 2 * TILE - 1, y: -1, width: 2, height: 2 },
    ]);
    expect(selectionParts(filled(selection, { ...canvas, y: 0, height: TILE }))).toEqual([
      { ...canvas, y: -1, height: TILE + 1 },
    ]);
  });

  it('of a part of the document are bound as the flat selection says', () => {
    fc.assert(
      fc.property(rects(600), rects(600), seed, (canvas, part, random) => {
        const selection = noiseSelection(canvas, random);
        const area = intersectRects(part, canvas);
        const mask = { width: area.width, height: area.height, data: readRect(selection, area) };
        const found = isEmptyRect(area) ? null : boundsOfMask(mask);
        const expected = found && { ...found, x: found.x + area.x, y: found.y + area.y };
        expect(boundsWithin(selection, part)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('planning after one more stroke', () => {
  const canvas = { x: 0, y: 0, width: 6000, height: 4000 };
  const options = { downsample: 8, window: { min: 8, max: 32 }, minSize: 16 };
  const reach = 4; // tiles that a stroke of this size can touch

  /** How many tiles are looked into to plan a fill, and to show its hole, once more after one more stroke. */
  function lookedInto(strokes: number): { plan: number; hole: number } {
    let selection = empty(canvas, 1);
    for (let i = 0; i <= strokes; i++) {
      if (i === strokes) look(selection);
      vi.clearAllMocks();
      selection = withStroke(selection, i);
    }
    look(selection);
    return {
      plan: vi.mocked(labelRuns).mock.calls.length,
      hole: vi.mocked(selectionToHole).mock.calls.length,
    };
  }

  function look(selection: Raster): void {
    for (const plan of planFills({ canvas, selection, frame: null }, options)) holeIn(selection, plan);
  }

  /** Strokes spread evenly over the canvas (the R2 sequence). */
  function withStroke(selection: Raster, index: number): Raster {
    const stroke = beginStroke(selection, { size: 120, hardness: 0.8, opacity: 1, mode: 'add' });
    const x = (index * 0.7548776662) % 1;
    const y = (index * 0.569840291) % 1;
    strokeTo(stroke, { x: 100 + 5800 * x, y: 100 + 3800 * y, pressure: 1 });
    return applyPatch(selection, endStroke(stroke));
  }

  it('looks only into the tiles that the stroke changed, however many there were before it', () => {
    for (const strokes of [1, 500]) {
      const { plan, hole } = lookedInto(strokes);
      expect(plan).toBeLessThanOrEqual(reach);
      expect(hole).toBeLessThanOrEqual(reach);
    }
  });

  it('looks into nothing where nothing changed', () => {
    const selection = fromFlat({ x: 0, y: 0, width: 600, height: 40 }, 1, new Uint8Array(24_000).fill(9));
    selectionParts(selection);
    vi.mocked(labelRuns).mockClear();
    selectionParts(selection);
    boundsWithin(selection, { x: 0, y: 0, width: 900, height: 900 });
    expect(labelRuns).not.toHaveBeenCalled();
  });
});

function filled(selection: Raster, rect: Rect): Raster {
  return applyPatch(selection, fillRect(selection, rect, 255));
}
