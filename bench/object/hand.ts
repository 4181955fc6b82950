import type { Point, Size } from '../../core/base/geometry.ts';
import { fullRect } from '../../core/base/geometry.ts';
import { distanceInside } from '../../core/pixels/masks/distance.ts';
import type { Mask } from '../../core/pixels/masks/mask.ts';
import { polygon } from '../../core/selection/shapes.ts';
import type { ObjectStroke } from '../../core/selection/object/selectObject.ts';

/** What lies inside an outline, px. */
export function maskOf(outline: readonly (readonly [number, number])[], size: Size): Mask {
  const canvas = { x: 0, y: 0, width: size.width, height: size.height };
  const { rect, data } = polygon(
    outline.map(([x, y]) => ({ x, y })),
    canvas,
  );
  const whole = new Uint8Array(size.width * size.height);
  for (let y = 0; y < rect.height; y++) {
    whole.set(data.subarray(y * rect.width, (y + 1) * rect.width), (rect.y + y) * size.width + rect.x);
  }
  return { width: size.width, height: size.height, data: whole };
}

/** Where a person would click an object: as deep inside as can be. */
export function click(mask: Mask): ObjectStroke {
  return { adds: true, radius: 2, points: [deepest(mask).point] };
}

/** A rough stroke along an object: through its deepest places, one in each of a few parts of its length. */
export function stroke(mask: Mask): ObjectStroke {
  const depths = distanceInside(mask, fullRect(mask));
  const inside = pixelsOf(mask);
  const middle = mean(inside);
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y } of inside) {
    xx += (x - middle.x) ** 2;
    xy += (x - middle.x) * (y - middle.y);
    yy += (y - middle.y) ** 2;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy); // of its longest extent
  const along = ({ x, y }: Point): number =>
    (x - middle.x) * Math.cos(angle) + (y - middle.y) * Math.sin(angle);
  const places = inside.map(along);
  const least = places.reduce((a, b) => Math.min(a, b));
  const length = places.reduce((a, b) => Math.max(a, b)) - least;
  const PARTS = 5;
  const best: (Point | undefined)[] = Array.from({ length: PARTS });
  const depth = new Float64Array(PARTS);
  inside.forEach((point, i) => {
    const part = Math.min(PARTS - 1, Math.floor(((places[i]! - least) / (length + 1)) * PARTS));
    const here = depths[point.y * mask.width + point.x]!;
    if (here <= depth[part]!) return;
    depth[part] = here;
    best[part] = point;
  });
  return { adds: true, radius: 2, points: best.filter((point) => point !== undefined) };
}

/** A short stroke where a selection is most wrong: in the deepest place of what is missing or too much. */
export function correction(truth: Mask, found: Mask): ObjectStroke {
  const { width, height } = truth;
  const part = (wrong: (wanted: boolean, has: boolean) => boolean): Mask => ({
    width,
    height,
    data: truth.data.map((value, i) => (wrong(value >= 128, found.data[i]! >= 128) ? 255 : 0)),
  });
  const missing = deepest(part((wanted, has) => wanted && !has));
  const extra = deepest(part((wanted, has) => !wanted && has));
  const adds = missing.depth >= extra.depth;
  const { point, depth } = adds ? missing : extra;
  const reach = Math.max(1, depth * 0.5);
  const points = [
    { x: point.x - reach, y: point.y },
    { x: point.x + reach, y: point.y },
  ];
  return { adds, radius: Math.max(1.5, depth * 0.4), points };
}

/** Of two masks: how much of what either has both have, 0 .. 1. */
export function overlap(a: Mask, b: Mask): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.data.length; i++) {
    const [one, other] = [a.data[i]! >= 128, b.data[i]! >= 128];
    if (one && other) both++;
    if (one || other) either++;
  }
  return either === 0 ? 1 : both / either;
}

function deepest(mask: Mask): { readonly point: Point; readonly depth: number } {
  const depths = distanceInside(mask, fullRect(mask));
  let at = 0;
  for (let i = 0; i < depths.length; i++) if (depths[i]! > depths[at]!) at = i;
  return { point: { x: at % mask.width, y: Math.floor(at / mask.width) }, depth: depths[at]! };
}

function pixelsOf({ width, data }: Mask): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < data.length; i++)
    if (data[i]! >= 128) points.push({ x: i % width, y: Math.floor(i / width) });
  return points;
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((a, { x, y }) => ({ x: a.x + x, y: a.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
