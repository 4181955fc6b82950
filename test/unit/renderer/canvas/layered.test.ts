import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../../core/base/geometry.ts';
import type { Device } from '../../../../renderer/canvas/device.ts';
import { Layered } from '../../../../renderer/canvas/layered.ts';
import type { RasterContent } from '../../../../renderer/canvas/rasterLayer.ts';
import { createBench, openPicture } from '../support/editor.ts';

const AREA: Rect = { x: 0, y: 0, width: 8, height: 8 };
const document = openPicture(createBench(), AREA);
const device = {} as Device;
const context = {} as CanvasRenderingContext2D;

/** A content that says what is asked of it. */
function contentOf(name: string, log: string[], more: Partial<RasterContent> = {}): RasterContent {
  return {
    appearance: () => [name],
    rasters: () => [`${name} raster`],
    shows: () => true,
    touched: () => {
      log.push(`${name} touched`);
      return false;
    },
    build: () => {
      log.push(`${name} built`);
      return { improved: [{ ...AREA, x: name.length }], complete: true };
    },
    paint: () => {
      log.push(`${name} painted`);
    },
    moving: () => null,
    ...more,
  };
}

describe('contents on one layer', () => {
  it('lie over one another in their order', () => {
    const log: string[] = [];
    const layered = new Layered([contentOf('low', log), contentOf('high', log)]);
    layered.paint(context, document, device, AREA);
    expect(log).toEqual(['low painted', 'high painted']);
    expect(layered.appearance(document)).toEqual(['low', 'high']);
    expect(layered.rasters(document)).toEqual(['low raster', 'high raster']);
  });

  it('are built together, and all of them hear what was touched', () => {
    const log: string[] = [];
    const unready: Partial<RasterContent> = { build: () => ({ improved: [], complete: false }) };
    const layered = new Layered([contentOf('low', log, { touched: () => true }), contentOf('high', log)]);
    expect(layered.build(document, device).improved.map(({ x }) => x)).toEqual([3, 4]);
    expect(layered.touched(document, AREA)).toBe(true);
    expect(log).toContain('high touched');
    expect(
      new Layered([contentOf('a', []), contentOf('b', [], unready)]).build(document, device).complete,
    ).toBe(false);
  });

  it('leave out what does not show', () => {
    const log: string[] = [];
    const hidden: Partial<RasterContent> = { shows: () => false, moving: () => ({ rect: AREA, every: 9 }) };
    const layered = new Layered([contentOf('low', log), contentOf('high', log, hidden)]);
    layered.build(document, device);
    layered.paint(context, document, device, AREA);
    expect(log).toEqual(['low built', 'low painted']);
    expect(layered.moving(document)).toBeNull();
    expect(layered.shows(document)).toBe(true);
    expect(new Layered([contentOf('high', log, hidden)]).shows(document)).toBe(false);
  });
});
