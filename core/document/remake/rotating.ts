import type { Point, Rect, Size } from '../../base/geometry.ts';
import { growRect, intersectRects, isEmptyRect } from '../../base/geometry.ts';
import { readRect } from '../../raster/flat.ts';
import type { Raster } from '../../raster/raster.ts';
import { premultiply, settlePixel } from './premultiplied.ts';
import type { Remaking } from './remaking.ts';

const TAPS = 6; // Lanczos-3
const PHASES = 512; // places between two pixels that are told apart
const WEIGHTS = lanczosTable();

/** A rectangle that may stand askew: what a crop keeps. */
export interface Askew {
  readonly centre: Point; // document px
  readonly width: number; // px
  readonly height: number;
  readonly angle: number; // degrees, clockwise
}

/**
 * What lies in a rectangle that stands askew, set upright; resampled with Lanczos-3. Nothing is where it reaches out of the
 * canvas. Its size is rounded to whole px.
 */
export function rotating(canvas: Rect, { centre, width, height, angle }: Askew): Remaking {
  const size = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
  const rect = {
    x: Math.round(centre.x - size.width / 2),
    y: Math.round(centre.y - size.height / 2),
    ...size,
  };
  const radians = (angle * Math.PI) / 180;
  // Right angles are exact, so that turning by them moves pixels and changes none.
  const cos = settled(Math.cos(radians));
  const sin = settled(Math.sin(radians));
  const middle = { x: rect.x + size.width / 2, y: rect.y + size.height / 2 };
  const at = (x: number, y: number): Point => ({
    x: centre.x + cos * (x - middle.x) - sin * (y - middle.y),
    y: centre.y + sin * (x - middle.x) + cos * (y - middle.y),
  });
  // What does not reach out, but for rounding, is covered to its very corners.
  const [roomy, reached] = [growRect(canvas, 1), cornersOf(rect).map(({ x, y }) => at(x, y))];
  const reachesOut = !reached.every(
    ({ x, y }) => x >= roomy.x && y >= roomy.y && x <= roomy.x + roomy.width && y <= roomy.y + roomy.height,
  );
  const covered = reachesOut ? (x: number, y: number) => coveredAt(canvas, x, y) : () => 1;
  const sourceOf = (part: Rect): Rect => {
    const around = boundsOf(cornersOf(part).map(({ x, y }) => at(x, y)));
    return intersectRects(growRect(around, TAPS / 2 + 1), canvas);
  };
  return {
    rect,
    sourceOf,
    draw(from, part) {
      const source = sourceOf(part);
      const out = new Uint8Array(part.width * part.height * from.channels);
      if (!isEmptyRect(source)) drawPart(from, { source, part, cos, sin, at, covered }, out);
      return out;
    },
    coverage(part) {
      if (!reachesOut) return null;
      const out = new Uint8Array(part.width * part.height);
      for (let row = 0, i = 0; row < part.height; row++) {
        for (let column = 0; column < part.width; column++, i++) {
          const { x, y } = at(part.x + column + 0.5, part.y + row + 0.5);
          out[i] = Math.round(255 * covered(x, y));
        }
      }
      return out;
    },
  };
}

interface Drawing {
  readonly source: Rect; // what is read of the canvas
  readonly part: Rect;
  readonly cos: number;
  readonly sin: number;
  readonly at: (x: number, y: number) => Point;
  readonly covered: (x: number, y: number) => number; // 0 .. 1
}

function drawPart(from: Raster, { source, part, cos, sin, at, covered }: Drawing, out: Uint8Array): void {
  const { channels } = from;
  const bytes = readRect(from, source);
  const values = channels === 4 ? premultiply(bytes) : Float32Array.from(bytes);
  const mixed = new Float32Array(channels);
  for (let row = 0, o = 0; row < part.height; row++) {
    let { x, y } = at(part.x + 0.5, part.y + row + 0.5);
    for (let column = 0; column < part.width; column++, o += channels, x += cos, y += sin) {
      const coverage = covered(x, y);
      if (coverage === 0) continue;
      mixAt(values, source, x - source.x - 0.5, y - source.y - 0.5, channels, mixed);
      settlePixel(mixed, 0, out, o, channels, coverage);
    }
  }
}

/** The mixture of 6 x 6 px around a place; those of the border stand for what lies beyond. */
function mixAt(
  values: Float32Array,
  { width, height }: Size,
  x: number,
  y: number,
  channels: number,
  out: Float32Array,
): void {
  const left = Math.floor(x + 0.5 / PHASES);
  const top = Math.floor(y + 0.5 / PHASES);
  const across = Math.max(0, Math.floor((x - left) * PHASES + 0.5)) * TAPS;
  const down = Math.max(0, Math.floor((y - top) * PHASES + 0.5)) * TAPS;
  out.fill(0);
  for (let j = 0; j < TAPS; j++) {
    const vertical = WEIGHTS[down + j]!;
    if (vertical === 0) continue;
    const row = clamped(top + j - 2, height) * width;
    for (let i = 0; i < TAPS; i++) {
      const weight = vertical * WEIGHTS[across + i]!;
      if (weight === 0) continue;
      const at = (row + clamped(left + i - 2, width)) * channels;
      for (let c = 0; c < channels; c++) out[c]! += weight * values[at + c]!;
    }
  }
}

function clamped(index: number, size: number): number {
  return index < 0 ? 0 : index >= size ? size - 1 : index;
}

/** How much of a pixel around a place lies in the canvas, 0 .. 1. */
function coveredAt({ x, y, width, height }: Rect, px: number, py: number): number {
  const inside = Math.min(px - x, x + width - px, py - y, y + height - py) + 0.5;
  return inside <= 0 ? 0 : inside >= 1 ? 1 : inside;
}

function lanczosTable(): Float32Array {
  const table = new Float32Array((PHASES + 1) * TAPS);
  for (let phase = 0; phase <= PHASES; phase++) {
    let sum = 0;
    for (let i = 0; i < TAPS; i++) {
      const weight = lanczos(i - 2 - phase / PHASES);
      table[phase * TAPS + i] = weight;
      sum += weight;
    }
    for (let i = 0; i < TAPS; i++) table[phase * TAPS + i]! /= sum;
  }
  return table;
}

function lanczos(x: number): number {
  if (Math.abs(x) < 1e-8) return 1;
  if (Math.abs(x) >= 3 || Number.isInteger(x)) return 0;
  const angle = Math.PI * x;
  return (3 * Math.sin(angle) * Math.sin(angle / 3)) / (angle * angle);
}

function settled(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-12 ? whole : value;
}

function cornersOf({ x, y, width, height }: Rect): Point[] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}

function boundsOf(points: readonly Point[]): Rect {
  const left = Math.floor(Math.min(...points.map(({ x }) => x)));
  const top = Math.floor(Math.min(...points.map(({ y }) => y)));
  const right = Math.ceil(Math.max(...points.map(({ x }) => x)));
  const bottom = Math.ceil(Math.max(...points.map(({ y }) => y)));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
