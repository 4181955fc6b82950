import type { Rect } from '../base/geometry.ts';
import { growRect, intersectRects, isEmptyRect, uniteRects } from '../base/geometry.ts';
import { frameAround, unitFor } from './frameAround.ts';
import type { FrameRules } from './rules.ts';

/** Above this many frames, sharper ones are given up for fewer. */
const MANY = 32;

/** Groups of which every pair is looked at, at most. */
const FEW = 128;

/** Blobs this close share a border pixel: px between their bounds. */
const GAP = 2;

interface Group {
  readonly bounds: Rect;
  readonly unit: number; // picture px per token
  readonly tokens: number; // in its frame
}

/**
 * Joins blobs into groups that share a frame: where one frame costs no more tokens than two and is as sharp; where
 * there are still many, also where it is coarser; and always where their bounds meet.
 */
export function groupBlobs(parts: readonly Rect[], rules: FrameRules): Rect[] {
  let groups = joinNear(parts, rules);
  groups = joinWhile(groups, rules, asSharp);
  if (groups.length > MANY) groups = joinWhile(groups, rules, cheaper);
  return joinWhile(groups, rules, meeting).map((group) => group.bounds);
}

/** The group that two would make (`bounds` is around both), or null if they should not join. */
type Join = (a: Group, b: Group, bounds: Rect, rules: FrameRules) => Group | null;

const cheaper: Join = (a, b, bounds, rules) => {
  const both = groupOf(bounds, rules);
  return both.tokens <= a.tokens + b.tokens ? both : null;
};

const asSharp: Join = (a, b, bounds, rules) => {
  const unit = Math.max(a.unit, b.unit);
  // Most pairs are further apart than a window, and are told so quickly.
  if (unit < rules.unit.most && Math.max(bounds.width, bounds.height) > rules.window * unit) return null;
  return unitFor(bounds, rules) <= unit ? cheaper(a, b, bounds, rules) : null;
};

const meeting: Join = (a, b, bounds, rules) => {
  return isEmptyRect(intersectRects(growRect(a.bounds, GAP), b.bounds)) ? null : groupOf(bounds, rules);
};

function groupOf(bounds: Rect, rules: FrameRules): Group {
  const { columns, rows } = frameAround(bounds, rules);
  return { bounds, unit: unitFor(bounds, rules), tokens: columns * rows };
}

/** Specks first join within the cells of a lattice, as coarse a one as it takes for pairs to stay few. */
function joinNear(parts: readonly Rect[], rules: FrameRules): Group[] {
  let side = Math.max(1, Math.floor((rules.window * rules.unit.least) / 4));
  let joined = joinInCells(parts, side, rules.canvas);
  while (joined.length > FEW) joined = joinInCells(parts, (side *= 2), rules.canvas);
  return joined.map((bounds) => groupOf(bounds, rules));
}

/** What is larger than a cell stays by itself. */
function joinInCells(parts: readonly Rect[], side: number, { x, y }: Rect): Rect[] {
  const cells = new Map<string, Rect>();
  const large: Rect[] = [];
  for (const part of parts) {
    if (Math.max(part.width, part.height) > side) {
      large.push(part);
      continue;
    }
    const key = `${Math.floor((part.x - x) / side)},${Math.floor((part.y - y) / side)}`;
    const cell = cells.get(key);
    cells.set(key, cell ? uniteRects(cell, part) : part);
  }
  return [...large, ...cells.values()];
}

/** Joins pairs until none is left that `join` takes; of several, the one that makes the smallest frame. */
function joinWhile(groups: readonly Group[], rules: FrameRules, join: Join): Group[] {
  let joined = [...groups];
  for (let before = Infinity; joined.length < before;) {
    before = joined.length;
    const next: Group[] = [];
    for (const group of joined) place(group, next, rules, join);
    joined = next;
  }
  return joined;
}

function place(group: Group, groups: Group[], rules: FrameRules, join: Join): void {
  let best: Group | undefined;
  let at = -1;
  for (let k = 0; k < groups.length; k++) {
    const bounds = uniteRects(group.bounds, groups[k]!.bounds);
    if (best && area(best.bounds) <= area(bounds)) continue;
    const both = join(group, groups[k]!, bounds, rules);
    if (!both) continue;
    best = both;
    at = k;
  }
  if (best) groups[at] = best;
  else groups.push(group);
}

function area(rect: Rect): number {
  return rect.width * rect.height;
}
