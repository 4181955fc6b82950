import { describe, expect, it } from 'vitest';
import { empty } from '../../../../core/raster/make.ts';
import { fromFlat } from '../../../../core/raster/flat.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { writeRect } from '../../../../core/raster/write.ts';
import { entryPicture } from '../../../../renderer/ui/history/entryPicture.ts';
import { partsShown } from '../../../../renderer/ui/thumbnails/differing.ts';
import { regionAround } from '../../../../renderer/ui/thumbnails/region.ts';
import { pictureSource } from '../../../../core/raster/thumbnail.ts';
import { patchedSource, selectionSource } from '../../../../renderer/ui/thumbnails/sources.ts';
import { thumbnail, type PixelSource } from '../../../../core/raster/thumbnail.ts';

const CANVAS = { x: 0, y: 0, width: 600, height: 400 };
const RED = [200, 0, 0, 255];
const BLUE = [0, 0, 200, 255];

function plain(rect: typeof CANVAS, colour: readonly number[]): Uint8Array {
  return Uint8Array.from(
    { length: rect.width * rect.height * colour.length },
    (_, i) => colour[i % colour.length]!,
  );
}

function pixel(source: PixelSource, x: number, y: number): number[] {
  const into = new Uint8Array(4);
  source(x, y, into);
  return [...into];
}

const picture = fromFlat(CANVAS, 4, plain(CANVAS, RED));
const selected = (rect: typeof CANVAS): Raster => {
  const nothing = empty(CANVAS, 1);
  return applyPatch(nothing, writeRect(nothing, rect, plain(rect, [255])));
};

describe('a thumbnail', () => {
  it('is the mean of what it shows, as light adds up in sRGB', () => {
    const halves: PixelSource = (x, _, into) => {
      into.set(x % 2 === 0 ? [100, 0, 0, 255] : [200, 0, 0, 255]);
    };
    const [red] = thumbnail({ x: 0, y: 0, width: 2, height: 2 }, { width: 1, height: 1 }, halves);
    expect(red).toBe(150);
  });

  it('does not darken towards what is transparent', () => {
    const half: PixelSource = (x, _, into) => {
      into.set(x === 0 ? [100, 50, 0, 255] : [0, 0, 0, 0]);
    };
    expect([...thumbnail({ x: 0, y: 0, width: 2, height: 2 }, { width: 1, height: 1 }, half)]).toEqual([
      100, 50, 0, 128,
    ]);
  });
});

describe('sources', () => {
  const rect = { x: 250, y: 250, width: 20, height: 20 };

  it('see a picture across its tiles, and nothing beside it', () => {
    expect(pixel(pictureSource(picture), 255, 255)).toEqual(RED);
    expect(pixel(pictureSource(picture), 256, 256)).toEqual(RED);
    expect(pixel(pictureSource(picture), -1, 10)).toEqual([0, 0, 0, 0]);
  });

  it('take of a patch only what was selected', () => {
    const patch = { rect, data: plain(rect, BLUE) };
    const source = patchedSource(picture, [patch], selected({ ...rect, width: 10 }));
    expect(pixel(source, 255, 255)).toEqual(BLUE);
    expect(pixel(source, 262, 255)).toEqual(RED);
    expect(pixel(patchedSource(picture, [patch], null), 262, 255)).toEqual(BLUE);
  });

  it('lay a colour over what is selected', () => {
    const { tiles } = selected(rect);
    const source = selectionSource(picture, tiles, [0, 255, 0]);
    expect(pixel(source, 240, 240)).toEqual(RED);
    expect(pixel(source, 255, 255)[1]).toBeGreaterThan(100);
  });
});

describe('the region of a thumbnail', () => {
  it('has its shape, and room around what it is for', () => {
    const region = regionAround({ x: 280, y: 180, width: 40, height: 40 }, CANVAS, 4 / 3);
    expect(region.width / region.height).toBeCloseTo(4 / 3);
    expect(region.width).toBeGreaterThan(80);
    expect(region.x + region.width / 2).toBeCloseTo(300);
  });

  it('stays inside the canvas', () => {
    const region = regionAround({ x: 590, y: 0, width: 10, height: 10 }, CANVAS, 4 / 3);
    expect(region.x + region.width).toBeLessThanOrEqual(600);
    expect(region.y).toBeGreaterThanOrEqual(0);
  });

  it('holds all of what it is for, past the canvas where that has another shape', () => {
    const wide = { ...CANVAS, height: 100 };
    const region = regionAround(wide, wide, 4 / 3);
    expect(region).toEqual({ x: 0, y: -175, width: 600, height: 450 });
  });
});

describe('what differs between candidates', () => {
  const left = { x: 0, y: 0, width: 100, height: 400 };
  const right = { x: 500, y: 0, width: 100, height: 400 };

  it('is shown in parts where these lie far apart, and in one where they do not', () => {
    const [a, b, ...more] = partsShown([left, right], CANVAS, 96);
    expect(more).toEqual([]);
    expect(a!.region.x).toBe(0);
    expect(a!.region.width).toBeLessThan(300);
    expect(b!.region.x + b!.region.width).toBe(600);
    expect(partsShown([left, { ...left, x: 110 }], CANVAS, 96)).toHaveLength(1);
  });

  it('is told in few parts, however many there are', () => {
    const crumbs = Array.from({ length: 30 }, (_, i) => ({
      x: 20 * i,
      y: (70 * i) % 390,
      width: 4,
      height: 4,
    }));
    expect(partsShown(crumbs, CANVAS, 96).length).toBeLessThanOrEqual(3);
    const shown = partsShown([...crumbs, ...crumbs, ...crumbs], CANVAS, 96);
    expect(shown).toHaveLength(1);
    expect(shown[0]!.width).toBeGreaterThanOrEqual(128);
  });
});

describe('the picture of an undo step', () => {
  const document = {
    canvas: CANVAS,
    picture,
    original: picture,
    selection: empty(CANVAS, 1),
    frame: null,
    tokens: [],
  };
  const rect = { x: 250, y: 120, width: 30, height: 20 };

  it('shows what a step did to the picture, around the pixels that differ', () => {
    const change = { picture: writeRect(picture, rect, plain(rect, BLUE)) };
    const drawn = entryPicture(change, document, 4 / 3, [0, 255, 0])!;
    expect(drawn.region.x + drawn.region.width / 2).toBeCloseTo(265);
    expect(drawn.region.y + drawn.region.height / 2).toBeCloseTo(130);
    expect(pixel(drawn.source, 260, 130)).toEqual(BLUE);
    expect(pixel(drawn.source, 100, 100)).toEqual(RED);
  });

  it('shows a selection over the picture', () => {
    const change = { selection: writeRect(document.selection, rect, plain(rect, [255])) };
    const drawn = entryPicture(change, document, 4 / 3, [0, 255, 0])!;
    expect(pixel(drawn.source, 260, 130)[1]).toBeGreaterThan(100);
  });

  it('shows the canvas where that changed, and nothing where no pixel did', () => {
    const canvas = { before: CANVAS, after: { ...CANVAS, width: 300 } };
    expect(entryPicture({ canvas }, document, 4 / 3, [0, 0, 0])?.region.width).toBeGreaterThan(0);
    expect(entryPicture({ frame: { before: null, after: null } }, document, 4 / 3, [0, 0, 0])).toBeNull();
  });
});
