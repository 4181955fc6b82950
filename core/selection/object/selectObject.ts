import type { Point, Rect, Size } from '../../base/geometry.ts';
import { fullRect, growRect, intersectRects, uniteRects } from '../../base/geometry.ts';
import type { Mask } from '../../pixels/masks/mask.ts';
import { bounds } from '../../pixels/masks/mask.ts';
import type { Picture } from '../../pixels/picture.ts';
import { toPlanes } from '../../pixels/planes.ts';
import { refineBorder } from './refineBorder.ts';
import { type Hints, type Scene, segment, type Segmented } from './segment.ts';

/** A click, or a stroke: what belongs to the object, or what does not. */
export interface ObjectStroke {
  readonly adds: boolean;
  readonly radius: number; // px, of what was surely touched
  readonly points: readonly Point[]; // px of the picture; one for a click
}

const WORKING = 80; // px of the longer side, at which an object is looked for
const RADII = [0.06, 0.11, 0.2, 0.36]; // of the picture’s longer side: how large a clicked object may be
const REACHES = [0.2, 0.45, 0.9]; // of a stroke's extent: how far the object may reach beyond it
const ROUNDS = 2;
const STABLE = 1.5; // nats that speak for what was found before a correction
const MOST_POINTS = 48; // of a stroke: more say nothing new

/**
 * The object that strokes point at, in a picture: 255 where it is, else 0. What was found before is kept to, where the
 * strokes that came since allow it. Without a stroke that adds, nothing.
 */
export function selectObject(
  picture: Picture,
  strokes: readonly ObjectStroke[],
  before: Mask | null = null,
): Mask {
  const nothing = {
    width: picture.width,
    height: picture.height,
    data: new Uint8Array(picture.width * picture.height),
  };
  const adding = strokes.filter(({ adds, points }) => adds && points.length > 0);
  if (adding.length === 0) return before ?? nothing;
  const found = before && bounds(before) ? correct(picture, strokes, before) : find(picture, strokes, adding);
  return refineBorder(picture, found.window, found);
}

/** A mask of a picture from one of a smaller copy of it: its border finds the edges that only the picture has. */
export function refineObject(picture: Picture, coarse: Mask): Mask {
  const window = fullRect({ width: picture.width, height: picture.height });
  const { data } = toPlanes(picture, window, coarse);
  const labels = coarse.data.map((value) => (value >= 128 ? 1 : 0));
  return refineBorder(picture, window, { labels, scene: interleaved(coarse, data) });
}

interface Found extends Segmented {
  readonly scene: Scene;
  readonly window: Rect; // px of the picture
}

/** Tries several sizes, and takes the one whose border lies on edges best. */
function find(picture: Picture, strokes: readonly ObjectStroke[], adding: readonly ObjectStroke[]): Found {
  const extent = extentOf(adding);
  const side = Math.max(picture.width, picture.height);
  const isClick = Math.max(extent.width, extent.height) < side * 0.03;
  const reaches = isClick
    ? RADII.map((radius) => radius * side)
    : REACHES.map((reach) => reach * Math.max(extent.width, extent.height));
  let best: Found | null = null;
  for (const reach of reaches) {
    const window = wholeRect(growRect(extent, reach * 2), picture);
    const found = look(picture, strokes, window, reach, isClick);
    if (!best || found.edges > best.edges) best = found;
  }
  return best!;
}

function look(
  picture: Picture,
  strokes: readonly ObjectStroke[],
  window: Rect,
  reach: number,
  isClick: boolean,
): Found {
  const scene = sceneOf(picture, window);
  const scale = scene.width / window.width;
  const { width, height } = scene;
  const seeds = new Int8Array(width * height);
  const prior = new Float32Array(width * height);
  const first = new Uint8Array(width * height);
  const inside = strokes.filter(({ adds }) => adds).map((stroke) => inScene(stroke, window, scale));
  const outside = strokes.filter(({ adds }) => !adds).map((stroke) => inScene(stroke, window, scale));
  const open = openSides(window, picture);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const near = gap(inside, x, y);
      const far = near / (reach * scale);
      prior[i] = Math.max(-3, Math.min(1.5, 1.5 * (1 - far * far)));
      first[i] = far < (isClick ? 0.7 : 0.5) ? 1 : 0;
      if (gap(outside, x, y) <= 0) seeds[i] = -1;
      else if (near <= (isClick ? Math.max(0.7, 0.06 * reach * scale) : 0)) seeds[i] = 1;
      else if (onBorder(x, y, width, height, open)) seeds[i] = -1;
      if (seeds[i] !== 0) first[i] = seeds[i] === 1 ? 1 : 0;
    }
  }
  return { ...segment(scene, { seeds, prior }, first, ROUNDS, (i) => seeds[i] === 1), scene, window };
}

/** What was found before, with what the strokes say since. */
function correct(picture: Picture, strokes: readonly ObjectStroke[], before: Mask): Found {
  const extent = uniteRects(bounds(before)!, extentOf(strokes));
  const room = 0.25 * Math.max(extent.width, extent.height) + 8;
  const window = wholeRect(growRect(extent, room), picture);
  const scene = sceneOf(picture, window, 1.6 * WORKING);
  const scale = scene.width / window.width;
  const { width, height } = scene;
  const marks = strokes.map((stroke) => inScene(stroke, window, scale));
  const newest = marks.at(-1)!;
  const first = new Uint8Array(width * height);
  const hints: Hints = { seeds: new Int8Array(width * height), prior: new Float32Array(width * height) };
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(before.height - 1, Math.floor(window.y + (y + 0.5) / scale)) * before.width;
    for (let x = 0; x < width; x++, i++) {
      const was =
        before.data[row + Math.min(before.width - 1, Math.floor(window.x + (x + 0.5) / scale))]! >= 128;
      const near = gap([newest], x, y) / (0.22 * Math.max(width, height));
      const pull = Math.max(0, 1 - near) * (newest.adds ? 2.5 : -2.5);
      hints.prior[i] = (was ? STABLE : -STABLE) * Math.min(1, near) + pull;
      first[i] = was ? 1 : 0;
      for (const mark of marks) if (gap([mark], x, y) <= 0) hints.seeds[i] = mark.adds ? 1 : -1;
      if (hints.seeds[i] !== 0) first[i] = hints.seeds[i] === 1 ? 1 : 0;
    }
  }
  const isMarked = (i: number): boolean => first[i] === 1; // it was found before, or is pointed at now
  return { ...segment(scene, hints, first, ROUNDS, isMarked), scene, window };
}

function sceneOf(picture: Picture, window: Rect, most = WORKING): Scene {
  const shrink = Math.min(1, most / Math.max(window.width, window.height));
  const width = Math.max(2, Math.round(window.width * shrink));
  const height = Math.max(2, Math.round(window.height * shrink));
  const { data } = toPlanes(picture, window, { width, height });
  return interleaved({ width, height }, data);
}

function interleaved({ width, height }: Size, planes: Float32Array): Scene {
  const area = width * height;
  const colours = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) for (let c = 0; c < 3; c++) colours[3 * i + c] = planes[c * area + i]!;
  return { width, height, colours };
}

function inScene({ points, radius, adds }: ObjectStroke, window: Rect, scale: number): ObjectStroke {
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  const kept = points.filter((_, i) => i % step === 0 || i === points.length - 1);
  return {
    adds,
    radius: Math.max(0.7, radius * scale),
    points: kept.map(({ x, y }) => ({ x: (x - window.x) * scale - 0.5, y: (y - window.y) * scale - 0.5 })),
  };
}

/** How far a pixel lies from strokes; 0 or less on them. */
function gap(strokes: readonly ObjectStroke[], x: number, y: number): number {
  let least = Infinity;
  for (const { points, radius } of strokes) {
    for (let i = 0; i < points.length; i++) {
      const distance = toSegment(points[Math.max(0, i - 1)]!, points[i]!, x, y) - radius;
      if (distance < least) least = distance;
    }
  }
  return least;
}

function toSegment(a: Point, b: Point, x: number, y: number): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

function extentOf(strokes: readonly ObjectStroke[]): Rect {
  return strokes
    .flatMap(({ points, radius }) =>
      points.map(({ x, y }) => growRect({ x, y, width: 0, height: 0 }, radius)),
    )
    .reduce(uniteRects);
}

function wholeRect({ x, y, width, height }: Rect, picture: Picture): Rect {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const rect = { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
  return intersectRects(rect, fullRect({ width: picture.width, height: picture.height }));
}

interface Sides {
  readonly left: boolean;
  readonly top: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
}

/** The sides on which the picture goes on beyond a window. */
function openSides({ x, y, width, height }: Rect, picture: Picture): Sides {
  return { left: x > 0, top: y > 0, right: x + width < picture.width, bottom: y + height < picture.height };
}

function onBorder(x: number, y: number, width: number, height: number, open: Sides): boolean {
  return (
    (x === 0 && open.left) ||
    (y === 0 && open.top) ||
    (x === width - 1 && open.right) ||
    (y === height - 1 && open.bottom)
  );
}
