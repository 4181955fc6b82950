import { labelRuns, type LabelledRuns } from '../pixels/masks/labels.ts';
import { TILE, type Tile } from '../raster/raster.ts';

/** The connected parts of what is selected in one tile (by sides and corners). All is px in the tile. */
export interface TileParts {
  readonly extents: readonly PartExtent[];
  readonly edges: TileEdges;
}

/** How far a part reaches. */
export interface PartExtent {
  readonly left: number;
  readonly top: number;
  readonly right: number; // one past the last
  readonly bottom: number;
  readonly first: number; // the column of its first px in its top row
}

/** What is selected along the sides of a tile, run by run. */
interface TileEdges {
  readonly left: readonly EdgeRun[];
  readonly top: readonly EdgeRun[];
  readonly right: readonly EdgeRun[];
  readonly bottom: readonly EdgeRun[];
}

export interface EdgeRun {
  readonly from: number;
  readonly to: number; // one past the last
  readonly part: number;
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
  return {
    extents: extentsOf(runs),
    edges: {
      left: upright(runs, ({ from }, r) => from[r] === 0),
      top: level(runs, 0),
      right: upright(runs, ({ to }, r) => to[r] === TILE),
      bottom: level(runs, TILE - 1),
    },
  };
}

function extentsOf({ rows, from, to, labels }: LabelledRuns): PartExtent[] {
  const extents: { -readonly [K in keyof PartExtent]: number }[] = [];
  for (let y = 0; y < TILE; y++) {
    for (let r = rows[y]!; r < rows[y + 1]!; r++) {
      const [left, right] = [from[r]!, to[r]!];
      const extent = (extents[labels[r]!] ??= { left, top: y, right, bottom: y, first: left });
      if (left < extent.left) extent.left = left;
      if (right > extent.right) extent.right = right;
      extent.bottom = y + 1;
    }
  }
  return extents;
}

function level({ rows, from, to, labels }: LabelledRuns, y: number): EdgeRun[] {
  const edge: EdgeRun[] = [];
  for (let r = rows[y]!; r < rows[y + 1]!; r++) edge.push({ from: from[r]!, to: to[r]!, part: labels[r]! });
  return edge;
}

function upright(runs: LabelledRuns, touches: (runs: LabelledRuns, r: number) => boolean): EdgeRun[] {
  const edge: { from: number; to: number; part: number }[] = [];
  for (let y = 0; y < TILE; y++) {
    for (let r = runs.rows[y]!; r < runs.rows[y + 1]!; r++) {
      if (!touches(runs, r)) continue;
      const last = edge.at(-1);
      if (last?.to === y)
        last.to++; // one above the other, they are of one part
      else edge.push({ from: y, to: y + 1, part: runs.labels[r]! });
    }
  }
  return edge;
}
