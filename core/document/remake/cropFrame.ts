import type { Point, Rect } from '../../base/geometry.ts';
import type { Askew } from './rotating.ts';

/** What a crop would keep: it lies in the canvas wholly, and may stand askew by up to 45 degrees. */
export type CropFrame = Askew;

export const MOST_ANGLE = 45; // degrees
const LEAST = 1; // px
const HAIR = 1e-6; // px that rounding may put a corner outside
const HALVINGS = 30;

/** Which edges move: -1 the left or upper one, 1 the right or lower one, 0 neither. */
interface Edges {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** A frame around all of the canvas. */
export function wholeFrame({ x, y, width, height }: Rect): CropFrame {
  return { centre: { x: x + width / 2, y: y + height / 2 }, width, height, angle: 0 };
}

/** Its rectangle of whole px, where it stands upright. */
export function uprightRect({ centre, width, height }: CropFrame): Rect {
  const x = Math.round(centre.x - width / 2);
  const y = Math.round(centre.y - height / 2);
  return {
    x,
    y,
    width: Math.max(1, Math.round(centre.x + width / 2) - x),
    height: Math.max(1, Math.round(centre.y + height / 2) - y),
  };
}

/** Where a point lies from the middle of a frame, along its own sides, px. */
export function intoFrame({ centre, angle }: CropFrame, { x, y }: Point): Point {
  return turned({ x: x - centre.x, y: y - centre.y }, -angle);
}

/** The point of the document that lies so from the middle of a frame. */
export function outOfFrame({ centre, angle }: CropFrame, from: Point): Point {
  const { x, y } = turned(from, angle);
  return { x: centre.x + x, y: centre.y + y };
}

/** The corners, document px: upper left, upper right, lower right, lower left. */
export function cornersOf(frame: CropFrame): Point[] {
  const [x, y] = [frame.width / 2, frame.height / 2];
  return [
    { x: -x, y: -y },
    { x, y: -y },
    { x, y },
    { x: -x, y },
  ].map((corner) => outOfFrame(frame, corner));
}

/** The same frame around the same middle, as large as there is room for it and no larger than it was. */
export function shrunkInto(frame: CropFrame, canvas: Rect): CropFrame {
  const centre = { x: within(frame.centre.x, canvas.x, canvas.width), y: within(frame.centre.y, canvas.y, canvas.height) }; // prettier-ignore
  const moved = { ...frame, centre };
  const share = cornersOf(moved).reduce(
    (least, corner) =>
      Math.min(
        least,
        shareOf(corner.x - centre.x, centre.x - canvas.x, canvas.width),
        shareOf(corner.y - centre.y, centre.y - canvas.y, canvas.height),
      ),
    1,
  );
  return {
    ...moved,
    width: Math.max(LEAST, frame.width * share),
    height: Math.max(LEAST, frame.height * share),
  };
}

/** A frame moved by about that much; it stays in the canvas. */
export function movedFrame(frame: CropFrame, by: Point, canvas: Rect): CropFrame {
  const { x, y } = frame.centre;
  const across = farthest(frame, { ...frame, centre: { x: x + by.x, y } }, canvas);
  return farthest(across, { ...across, centre: { x: across.centre.x, y: y + by.y } }, canvas);
}

/** A frame with some edges moved by that much along its own sides; it keeps `ratio` (width by height) if one is given. */
export function resizedFrame(
  frame: CropFrame,
  edges: Edges,
  by: Point,
  ratio: number | null,
  canvas: Rect,
): CropFrame {
  if (ratio !== null) return farthest(frame, resizedInRatio(frame, edges, by, ratio), canvas);
  const across = farthest(frame, stretched(frame, edges, { x: by.x * edges.x, y: 0 }), canvas);
  return farthest(across, stretched(across, edges, { x: 0, y: by.y * edges.y }), canvas);
}

/** The largest upright frame of a ratio in the canvas, or the whole of it; it keeps the angle that it is given. */
export function largestFrame(canvas: Rect, ratio: number | null, angle = 0): CropFrame {
  const whole = { ...wholeFrame(canvas), angle };
  if (ratio === null) return whole;
  return {
    ...whole,
    width: Math.min(canvas.width, canvas.height * ratio),
    height: Math.min(canvas.height, canvas.width / ratio),
  };
}

/** A new upright frame from one point to another, in the canvas. */
export function drawnFrame(from: Point, to: Point, ratio: number | null, canvas: Rect): CropFrame {
  const first = { x: within(from.x, canvas.x, canvas.width), y: within(from.y, canvas.y, canvas.height) };
  const start = { centre: first, width: 0, height: 0, angle: 0 };
  const edges = { x: to.x < first.x ? -1 : 1, y: to.y < first.y ? -1 : 1 } as const;
  return resizedFrame(start, edges, { x: to.x - first.x, y: to.y - first.y }, ratio, canvas);
}

/** By how many degrees a frame must stand askew for a line to be level in it, or plumb if that is nearer. */
export function angleOfLine(from: Point, to: Point): number {
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return degrees - 90 * Math.round(degrees / 90);
}

/** A frame whose moved edges lie `by` px further out; those across stay. */
function stretched(frame: CropFrame, edges: Edges, by: Point): CropFrame {
  const width = by.x === 0 ? frame.width : Math.max(LEAST, frame.width + by.x);
  const height = by.y === 0 ? frame.height : Math.max(LEAST, frame.height + by.y);
  const centre = outOfFrame(frame, {
    x: (edges.x * (width - frame.width)) / 2,
    y: (edges.y * (height - frame.height)) / 2,
  });
  return { ...frame, centre, width, height };
}

function resizedInRatio(frame: CropFrame, edges: Edges, by: Point, ratio: number): CropFrame {
  const wide = frame.width + by.x * edges.x;
  const high = (frame.height + by.y * edges.y) * ratio;
  const width = edges.x === 0 ? high : edges.y === 0 ? wide : Math.max(wide, high);
  const fitting = Math.max(LEAST, LEAST * ratio, width);
  return stretched(frame, edges, { x: fitting - frame.width, y: fitting / ratio - frame.height });
}

/** As near to `to` as can be on the way from `from`, which lies in the canvas. */
function farthest(from: CropFrame, to: CropFrame, canvas: Rect): CropFrame {
  if (liesIn(to, canvas)) return to;
  let near = 0;
  let far = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (near + far) / 2;
    if (liesIn(mixed(from, to, middle), canvas)) near = middle;
    else far = middle;
  }
  return mixed(from, to, near);
}

function mixed(a: CropFrame, b: CropFrame, share: number): CropFrame {
  const mix = (from: number, to: number): number => from + (to - from) * share;
  return {
    centre: { x: mix(a.centre.x, b.centre.x), y: mix(a.centre.y, b.centre.y) },
    width: mix(a.width, b.width),
    height: mix(a.height, b.height),
    angle: b.angle,
  };
}

function liesIn(frame: CropFrame, { x, y, width, height }: Rect): boolean {
  return cornersOf(frame).every(
    (corner) =>
      corner.x >= x - HAIR &&
      corner.y >= y - HAIR &&
      corner.x <= x + width + HAIR &&
      corner.y <= y + height + HAIR,
  );
}

/** How much of an offset there is room for, at a place `from` its side's beginning. */
function shareOf(offset: number, from: number, length: number): number {
  const room = offset < 0 ? from : length - from;
  return Math.abs(offset) <= room ? 1 : room / Math.abs(offset);
}

function turned({ x, y }: Point, degrees: number): Point {
  if (degrees === 0) return { x, y };
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { x: cos * x - sin * y, y: sin * x + cos * y };
}

function within(value: number, start: number, length: number): number {
  return Math.min(start + length, Math.max(start, value));
}
