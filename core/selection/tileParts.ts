import { labelRuns, type LabelledRuns } from '../masks/labels.ts';
import { TILE, type Tile } from '../raster/raster.ts';

const NONE = -1;

/** The connected parts of what is selected in one tile (by sides and corners). All is px in the tile. */
export interface TileParts {
  readonly count: number;
  readonly left: Int32Array; // [count], the first column of each
  readonly top: Int32Array;
  readonly right: Int32Array; // one past the last
  readonly bottom: Int32Array;
  readonly first: Int32Array; // [count], the column of its first px in its top row
  readonly edges: TileEdges;
}

/** Which part each px along the sides of a tile is of, [TILE]; -1 where none is selected. */
export interface TileEdges {
  readonly left: Int32Array;
  readonly top: Int32Array;
  readonly right: Int32Array;
  readonly bottom: Int32Array;
}

const known = new WeakMap<Tile, TileParts>();

/** Looks into a tile once: a raster's tiles stay as they are. */
export function partsOfTile(tile: Tile): TileParts {
  let parts = known.get(tile);
  if (!parts) known.set(tile, (parts = findParts(tile)));
  return parts;
}

function findParts(tile: Tile): TileParts {
  const runs = labelRuns({ width: TILE, height: TILE, data: tile });
  return { count: runs.count, ...extentsOf(runs), edges: edgesOf(runs) };
}

function extentsOf({ rows, from, to, labels, count }: LabelledRuns): Omit<TileParts, 'count' | 'edges'> {
  const left = new Int32Array(count).fill(TILE);
  const top = new Int32Array(count).fill(NONE);
  const right = new Int32Array(count);
  const bottom = new Int32Array(count);
  const first = new Int32Array(count);
  for (let y = 0; y < TILE; y++) {
    for (let r = rows[y]!; r < rows[y + 1]!; r++) {
      const part = labels[r]!;
      if (top[part] === NONE) {
        top[part] = y;
        first[part] = from[r]!;
      }
      left[part] = Math.min(left[part]!, from[r]!);
      right[part] = Math.max(right[part]!, to[r]!);
      bottom[part] = y + 1;
    }
  }
  return { left, top, right, bottom, first };
}

function edgesOf({ rows, from, to, labels }: LabelledRuns): TileEdges {
  const side = (): Int32Array => new Int32Array(TILE).fill(NONE);
  const edges = { left: side(), top: side(), right: side(), bottom: side() };
  for (let y = 0; y < TILE; y++) {
    for (let r = rows[y]!; r < rows[y + 1]!; r++) {
      const part = labels[r]!;
      if (from[r] === 0) edges.left[y] = part;
      if (to[r] === TILE) edges.right[y] = part;
      if (y === 0) edges.top.fill(part, from[r], to[r]);
      if (y === TILE - 1) edges.bottom.fill(part, from[r], to[r]);
    }
  }
  return edges;
}
