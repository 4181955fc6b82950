import type { Point } from '../base/geometry.ts';
import { type AddSpan, LINES } from './spans.ts';

/** A side of a polygon on the lines that it crosses, in the order of the first. */
interface Edge {
  readonly first: number; // line
  readonly end: number; // the line after its last
  readonly x: number; // document px, where it crosses line 0 if it went on
  readonly slope: number; // px per line
  readonly winding: 1 | -1; // down or up
}

/** Scans a polygon's lines from `start` on, one after the other, for what it goes around. */
export function scanEdges(points: readonly Point[], start: number): (line: number, add: AddSpan) => void {
  const edges = edgesOf(points).filter(({ end }) => end > start);
  const active: Edge[] = [];
  const crossings: number[] = []; // x, of each that is active
  let next = 0;
  return (line, add) => {
    while (next < edges.length && edges[next]!.first <= line) active.push(edges[next++]!);
    dropEnded(active, line);
    sortCrossings(active, crossings, line);
    let winding = 0;
    for (let i = 0; i < active.length; i++) {
      if (winding !== 0) add(crossings[i - 1]!, crossings[i]!);
      winding += active[i]!.winding;
    }
  };
}

function edgesOf(points: readonly Point[]): Edge[] {
  const edges: Edge[] = [];
  for (let i = 0; i < points.length; i++) {
    const from = points[i]!;
    const to = points[(i + 1) % points.length]!;
    const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
    // Line n runs at (n + 1/2) / LINES px; an edge has those from its upper end to before its lower one.
    const first = Math.ceil(upper.y * LINES - 0.5);
    const end = Math.ceil(lower.y * LINES - 0.5);
    if (first === end) continue;
    const slope = (lower.x - upper.x) / (lower.y - upper.y) / LINES;
    const x = upper.x + (0.5 - upper.y * LINES) * slope;
    edges.push({ first, end, x, slope, winding: from.y < to.y ? 1 : -1 });
  }
  return edges.sort((a, b) => a.first - b.first);
}

function dropEnded(active: Edge[], line: number): void {
  let kept = 0;
  for (let i = 0; i < active.length; i++) if (active[i]!.end > line) active[kept++] = active[i]!;
  active.length = kept;
}

/** Sorts by where the edges cross a line, by insertion: the line before left them nearly in order. */
function sortCrossings(active: Edge[], crossings: number[], line: number): void {
  crossings.length = active.length;
  for (let i = 0; i < active.length; i++) {
    const edge = active[i]!;
    const x = edge.x + edge.slope * line;
    let at = i;
    for (; at > 0 && crossings[at - 1]! > x; at--) {
      crossings[at] = crossings[at - 1]!;
      active[at] = active[at - 1]!;
    }
    crossings[at] = x;
    active[at] = edge;
  }
}
