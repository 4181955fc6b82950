import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextZoom } from '../../../../renderer/commands/zoomStops.ts';
import { LEAST_ZOOM, MOST_ZOOM, View } from '../../../../renderer/state/view.svelte.ts';

const coordinates = fc.double({ min: -2000, max: 2000, noNaN: true });
const points = fc.record({ x: coordinates, y: coordinates });
const zooms = fc.double({ min: LEAST_ZOOM, max: MOST_ZOOM, noNaN: true });

function view(zoom: number, centre: { x: number; y: number }): View {
  const made = new View();
  made.size = { width: 900, height: 600 };
  made.zoom = zoom;
  made.centre = centre;
  return made;
}

describe('the view', () => {
  it('goes to the screen and back', () => {
    fc.assert(
      fc.property(zooms, points, points, (zoom, centre, point) => {
        const made = view(zoom, centre);
        const back = made.toDocument(made.toScreen(point));
        expect(back.x).toBeCloseTo(point.x, 4);
        expect(back.y).toBeCloseTo(point.y, 4);
      }),
    );
  });

  it('zooms to the pointer: what is under it stays', () => {
    fc.assert(
      fc.property(zooms, zooms, points, points, (from, to, centre, pointer) => {
        const made = view(from, centre);
        const under = made.toDocument(pointer);
        made.zoomTo(to, pointer);
        const after = made.toScreen(under);
        expect(after.x).toBeCloseTo(pointer.x, 3);
        expect(after.y).toBeCloseTo(pointer.y, 3);
      }),
    );
  });

  it('fits a picture with room around it, a small one enlarged', () => {
    const made = view(1, { x: 0, y: 0 });
    made.fit({ x: -500, y: 0, width: 4000, height: 3000 });
    expect(made.centre).toEqual({ x: 1500, y: 1500 });
    expect(3000 * made.zoom).toBeLessThan(600);
    made.fit({ x: 0, y: 0, width: 200, height: 100 });
    expect(made.zoom).toBeCloseTo((900 - 96) / 200);
  });

  it('fits again when its place changes, until it is panned or zoomed', () => {
    const rect = { x: 0, y: 0, width: 800, height: 400 };
    const made = view(1, { x: 0, y: 0 });
    made.fit(rect);
    made.resize({ width: 500, height: 600 });
    expect([made.zoom, made.centre]).toEqual([(500 - 96) / 800, { x: 400, y: 200 }]);
    made.panBy({ x: 10, y: 0 });
    const { zoom } = made;
    made.resize({ width: 900, height: 600 });
    expect(made.zoom).toBe(zoom);
  });

  it('fits a canvas that was cropped or extended where the one before it filled it', () => {
    const before = { x: 0, y: 0, width: 800, height: 400 };
    const after = { ...before, width: 400 };
    const made = view(1, { x: 0, y: 0 });
    made.refit(before, after);
    expect(made.zoom).toBe(1);
    made.fit(before);
    made.refit(before, after);
    expect(made.centre).toEqual({ x: 200, y: 200 });
  });

  it('moves to what cannot be seen, and stays where all can', () => {
    const made = view(1, { x: 0, y: 0 });
    made.reveal({ x: -400, y: -200, width: 800, height: 400 });
    expect([made.zoom, made.centre]).toEqual([1, { x: 0, y: 0 }]);
    made.reveal({ x: 0, y: 0, width: 800, height: 400 });
    expect(made.zoom).toBeCloseTo((900 - 96) / 800);
    expect(made.centre).toEqual({ x: 400, y: 200 });
  });

  it('stays within its bounds', () => {
    const made = view(1, { x: 0, y: 0 });
    made.zoomTo(1e6);
    expect(made.zoom).toBe(MOST_ZOOM);
    made.zoomTo(0);
    expect(made.zoom).toBe(LEAST_ZOOM);
  });
});

describe('the stops of the zoom', () => {
  it('lie one after the other, from end to end', () => {
    const up: number[] = [];
    for (let zoom = LEAST_ZOOM; zoom < MOST_ZOOM; zoom = nextZoom(zoom, 1)) up.push(zoom);
    expect(up).toContain(1);
    const down: number[] = [];
    for (let zoom = MOST_ZOOM; zoom > LEAST_ZOOM; zoom = nextZoom(zoom, -1)) down.push(nextZoom(zoom, -1));
    expect(down.reverse()).toEqual(up);
  });

  it('are left from between them, and not beyond their ends', () => {
    expect(nextZoom(0.9, 1)).toBe(1);
    expect(nextZoom(1.2, -1)).toBe(1);
    expect(nextZoom(0.99999, 1)).toBe(1.5);
    expect(nextZoom(MOST_ZOOM, 1)).toBe(MOST_ZOOM);
    expect(nextZoom(LEAST_ZOOM, -1)).toBe(LEAST_ZOOM);
  });

  it('stays where it is, from its top left corner, when its place grows or shrinks', () => {
    fc.assert(
      fc.property(zooms, points, points, (zoom, centre, point) => {
        const made = view(zoom, centre);
        const before = made.toScreen(point);
        made.resize({ width: 700, height: 430 });
        const after = made.toScreen(point);
        expect(after.x).toBeCloseTo(before.x, 3);
        expect(after.y).toBeCloseTo(before.y, 3);
      }),
    );
  });

  it('pans just far enough to show a rectangle', () => {
    const made = view(1, { x: 450, y: 300 }); // sees 0 .. 900, 0 .. 600
    made.panInto({ x: 100, y: 100, width: 50, height: 50 });
    expect(made.centre).toEqual({ x: 450, y: 300 });
    made.panInto({ x: 880, y: -30, width: 50, height: 50 });
    expect(made.centre).toEqual({ x: 480, y: 270 });
    made.panInto({ x: -5000, y: 0, width: 10_000, height: 50 });
    expect(made.centre).toEqual({ x: 480, y: 270 });
  });
});
