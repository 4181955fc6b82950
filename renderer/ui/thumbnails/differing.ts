import { type Rect, uniteRects } from '../../../core/base/geometry.ts';
import { regionAround } from './region.ts';

/** A part of a thumbnail: what it shows, and how wide it is. */
export interface ThumbnailPart {
  readonly region: Rect; // document px
  readonly width: number; // CSS px
}

const MOST = 3; // parts that are still told apart at this size
const WASTE = 2.5; // how much larger a place around two parts may be than the parts, until they are shown apart
const PLAIN = 4 / 3; // width by height of a thumbnail of one compact part
const LEAST_SHARE = 0.4; // width by height of a narrow part
const MOST_SHARE = 2.2; // and of a wide one

/**
 * How what differs between candidates is shown in thumbnails of one height: parts that lie far apart beside each other, each
 * cut to itself and a little of what is around it. `parts` are the bounds of what is filled, document px.
 */
export function partsShown(parts: readonly Rect[], canvas: Rect, height: number): readonly ThumbnailPart[] {
  const groups = grouped(parts.length === 0 ? [canvas] : parts);
  return groups.map((rect) => {
    const own = rect.width / rect.height;
    const least = groups.length === 1 ? PLAIN : LEAST_SHARE;
    const aspect = Math.min(MOST_SHARE, Math.max(least, own));
    return { region: regionAround(rect, canvas, aspect), width: Math.round(aspect * height) };
  });
}

const LOOKED_AT = 64; // parts; a selection in more crumbs than that is shown whole

/** Unites what lies close together, and the closest of what is left until there are few. */
function grouped(parts: readonly Rect[]): readonly Rect[] {
  if (parts.length > LOOKED_AT) return [parts.reduce(uniteRects)];
  let groups = parts;
  for (;;) {
    const pair = closest(groups);
    if (!pair || (pair.waste > WASTE && groups.length <= MOST)) return groups;
    groups = groups.with(pair.a, pair.united).toSpliced(pair.b, 1);
  }
}

interface Pair {
  readonly a: number; // indices, a < b
  readonly b: number;
  readonly united: Rect;
  readonly waste: number;
}

function closest(parts: readonly Rect[]): Pair | null {
  let best: Pair | null = null;
  for (let a = 0; a < parts.length; a++) {
    for (let b = a + 1; b < parts.length; b++) {
      const united = uniteRects(parts[a]!, parts[b]!);
      const waste = area(united) / (area(parts[a]!) + area(parts[b]!));
      if (!best || waste < best.waste) best = { a, b, united, waste };
    }
  }
  return best;
}

function area({ width, height }: Rect): number {
  return width * height;
}
