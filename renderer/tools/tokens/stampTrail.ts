import type { Size } from '../../../core/base/geometry.ts';
import type { GridPlace } from './places.ts';

/** Where a stamp is put while it is dragged: side by side on a lattice that begins where the button went down. */
export class StampTrail {
  private readonly size: Size; // of the stamp, tokens
  private readonly done = new Set<string>();
  private first: GridPlace | null = null;
  private last: GridPlace | null = null;

  constructor(size: Size) {
    this.size = size;
  }

  /** Goes to a place in a straight line; gives the corners where the stamp has not been put yet. */
  to(place: GridPlace): GridPlace[] {
    const first = (this.first ??= place);
    const from = this.last ?? place;
    this.last = place;
    return stepsBetween(from, place)
      .map((step) => this.onLattice(first, step))
      .filter(({ column, row }) => {
        const key = `${column} ${row}`;
        return !this.done.has(key) && this.done.add(key);
      });
  }

  private onLattice(first: GridPlace, { column, row }: GridPlace): GridPlace {
    const { width, height } = this.size;
    return {
      column: first.column + Math.round((column - first.column) / width) * width,
      row: first.row + Math.round((row - first.row) / height) * height,
    };
  }
}

function stepsBetween(from: GridPlace, to: GridPlace): GridPlace[] {
  const columns = to.column - from.column;
  const rows = to.row - from.row;
  const count = Math.max(1, Math.abs(columns), Math.abs(rows));
  return Array.from({ length: count + 1 }, (_, i) => ({
    column: from.column + Math.round((columns * i) / count),
    row: from.row + Math.round((rows * i) / count),
  }));
}
