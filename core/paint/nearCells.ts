import { cellBounds, growCells } from '../frames/cells.ts';
import type { Frame } from '../frames/frame.ts';
import { labelRuns } from '../pixels/masks/labels.ts';
import type { Rect } from '../base/geometry.ts';
import { uniteRects } from '../base/geometry.ts';

interface Group {
  readonly cells: readonly number[];
  readonly bounds: Rect; // tokens
}

/**
 * Cells in groups that are decoded together: those that touch one another, by a side or a corner, and those that are so
 * near that one rectangle around all of them costs no more than two. `margin` tokens around each group are decoded along.
 */
export function nearCells(cells: readonly number[], frame: Frame, margin: number): readonly number[][] {
  const cost = (bounds: Rect): number => {
    const { width, height } = growCells(bounds, margin, frame);
    return width * height;
  };
  const groups: Group[] = [];
  for (const touching of touchingCells(cells, frame)) {
    let group: Group = { cells: touching, bounds: cellBounds(touching, frame) };
    for (;;) {
      const near = groups.findIndex(
        ({ bounds }) => cost(uniteRects(bounds, group.bounds)) <= cost(bounds) + cost(group.bounds),
      );
      if (near < 0) break;
      const [other] = groups.splice(near, 1);
      group = {
        cells: [...other!.cells, ...group.cells],
        bounds: uniteRects(other!.bounds, group.bounds),
      };
    }
    groups.push(group);
  }
  return groups.map((group) => [...group.cells]);
}

/** The cells of each connected part. */
function touchingCells(cells: readonly number[], { columns, rows }: Frame): readonly number[][] {
  const mask = { width: columns, height: rows, data: new Uint8Array(columns * rows) };
  for (const cell of cells) mask.data[cell] = 255;
  const runs = labelRuns(mask);
  const parts = Array.from({ length: runs.count }, (): number[] => []);
  for (let row = 0; row < rows; row++) {
    for (let r = runs.rows[row]!; r < runs.rows[row + 1]!; r++) {
      const part = parts[runs.labels[r]!]!;
      for (let column = runs.from[r]!; column < runs.to[r]!; column++) part.push(row * columns + column);
    }
  }
  return parts;
}
