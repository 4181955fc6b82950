import type { Rect } from '../base/geometry.ts';
import { uniteRects } from '../base/geometry.ts';
import type { Raster, RasterPatch } from '../raster/raster.ts';
import { FULL_TILE } from '../raster/tile.ts';
import { dabAt, rampWidth } from './dab.ts';
import { closeTiles, openTiles, stamp, type StrokeTiles, type Target } from './strokeTiles.ts';

export interface Brush {
  readonly size: number; // diameter, px
  readonly hardness: number; // 0 .. 1, the share of the radius that is wholly covered
  readonly opacity: number; // 0 .. 1, the most that one stroke does, however often it crosses itself
}

export interface StrokePoint {
  readonly x: number; // document px
  readonly y: number;
  readonly pressure: number; // 0 .. 1, of the brush's size; 1 where the device has none
}

/** A brush stroke under way. It works on tiles of its own; to cancel it, forget it. */
export interface Stroke {
  readonly brush: Brush;
  readonly tiles: StrokeTiles;
  readonly raster: Raster;
  last: StrokePoint | null;
  ahead: number; // px from `last` along the path to the next dab
}

const LEAST_SPACING = 0.5; // px
const PRESSURES = 256;

/** Begins a stroke that adds to a selection or subtracts from it. */
export function beginStroke(
  selection: Raster,
  { mode, ...brush }: Brush & { readonly mode: 'add' | 'subtract' },
): Stroke {
  const target = mode === 'add' ? FULL_TILE : null;
  return beginMixing(selection, () => target, brush);
}

/** Begins a stroke that mixes a target into a raster. */
export function beginMixing(base: Raster, target: Target, brush: Brush): Stroke {
  const tiles = openTiles(base, target, brush.opacity);
  return { brush, tiles, raster: { ...base, tiles: tiles.live }, last: null, ahead: 0 };
}

/**
 * Goes on to a point in a straight line; the first point begins the line. Dabs lie so close together that their edges
 * and cores show no ripples, and where they lie does not depend on how the line is cut. Returns what was touched,
 * document px; null if nothing was.
 */
export function strokeTo(stroke: Stroke, point: StrokePoint): Rect | null {
  const from = stroke.last;
  stroke.last = point;
  if (!from) return dab(stroke, point);
  const length = Math.hypot(point.x - from.x, point.y - from.y);
  let touched: Rect | null = null;
  let at = stroke.ahead;
  while (at <= length && length > 0) {
    touched = united(touched, dab(stroke, between(from, point, at / length)));
    at += stroke.ahead;
  }
  stroke.ahead = at - length;
  return touched;
}

/** Like {@link strokeTo}, with a dab at the very end: the corner of a line that is drawn with Shift. */
export function lineTo(stroke: Stroke, point: StrokePoint): Rect | null {
  const touched = strokeTo(stroke, point);
  return united(touched, dab(stroke, point));
}

/** The raster as it is by now: a live view, whose tiles are written until the stroke ends. */
export function strokeRaster(stroke: Stroke): Raster {
  return stroke.raster;
}

/** Ends a stroke where the pointer was; it takes no more points. Cost follows the tiles that it touched. */
export function endStroke(stroke: Stroke): RasterPatch {
  if (stroke.last) dab(stroke, stroke.last);
  return closeTiles(stroke.tiles);
}

/** Stamps a dab, and measures out the way to the next one. */
function dab(stroke: Stroke, { x, y, pressure }: StrokePoint): Rect | null {
  const { size: most, hardness } = stroke.brush;
  const size = (most * Math.round(pressure * PRESSURES)) / PRESSURES;
  stroke.ahead = spacing(size, hardness);
  return size > 0 ? stamp(stroke.tiles, dabAt(x, y, size, hardness)) : null;
}

/**
 * How far apart dabs lie, px: a sixteenth of their size, so that the core of the softest brush wavers by one hundredth,
 * and so near that edges are scalloped by no more than a quarter of a pixel, or a 64th of their ramp where they are soft.
 */
function spacing(size: number, hardness: number): number {
  const bulge = 1 / 4 + rampWidth(size, hardness) / 64;
  return Math.max(LEAST_SPACING, Math.min(size / 16, Math.sqrt(4 * size * bulge)));
}

function between(a: StrokePoint, b: StrokePoint, t: number): StrokePoint {
  return {
    x: a.x + (b.x - a.x) * t,
    y: a.y + (b.y - a.y) * t,
    pressure: a.pressure + (b.pressure - a.pressure) * t,
  };
}

function united(a: Rect | null, b: Rect | null): Rect | null {
  return a && b ? uniteRects(a, b) : (a ?? b);
}
