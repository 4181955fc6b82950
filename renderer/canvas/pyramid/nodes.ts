import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects, uniteRects } from '../../../core/base/geometry.ts';
import type { TileKey } from '../../../core/raster/raster.ts';
import { tileKey } from '../../../core/raster/tileKey.ts';
import { squareRect, squaresTouching, TOP_LEVEL, type Square } from './lattice.ts';

/** What is known of one square. */
export interface Node<S> {
  surface: S | null; // null where nothing is to be seen
  dirty: Rect | null; // document px that the surface does not show as they are; null: none
  seen: number; // the frame in which it was last needed
}

/** The nodes of a pyramid; those that were not needed for the longest time are forgotten first. */
export class Nodes<S> {
  private levels: Map<TileKey, Node<S>>[] = [];

  constructor() {
    this.clear();
  }

  clear(): void {
    this.levels = Array.from({ length: TOP_LEVEL + 1 }, () => new Map<TileKey, Node<S>>());
  }

  find({ level, column, row }: Square): Node<S> | undefined {
    return this.levels[level]!.get(tileKey(column, row));
  }

  /** The node of a square, wholly dirty if it is new. */
  obtain(square: Square): Node<S> {
    const known = this.find(square);
    if (known) return known;
    const node: Node<S> = { surface: null, dirty: squareRect(square), seen: 0 };
    this.levels[square.level]!.set(tileKey(square.column, square.row), node);
    return node;
  }

  /** Says that pixels in `rect` (document px) changed, at every level. */
  soil(rect: Rect): void {
    for (let level = 0; level <= TOP_LEVEL; level++) {
      if (this.levels[level]!.size === 0) continue;
      for (const square of squaresTouching(rect, level)) {
        const node = this.find(square);
        if (!node) continue;
        const part = intersectRects(rect, squareRect(square));
        node.dirty = node.dirty ? uniteRects(node.dirty, part) : part;
      }
    }
  }

  /** Forgets nodes that frame `now` did not need, until at most `limit` surfaces are left. */
  trim(limit: number, now: number): void {
    if (this.levels.reduce((sum, nodes) => sum + nodes.size, 0) <= limit) return;
    let surfaces = 0;
    const idle: { level: number; key: TileKey; seen: number }[] = [];
    for (const [level, nodes] of this.levels.entries()) {
      for (const [key, { surface, seen }] of nodes) {
        if (surface === null) continue;
        surfaces++;
        if (seen < now) idle.push({ level, key, seen });
      }
    }
    if (surfaces <= limit) return;
    idle.sort((a, b) => a.seen - b.seen);
    for (const { level, key } of idle.slice(0, surfaces - limit)) this.levels[level]!.delete(key);
  }
}
