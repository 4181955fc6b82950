/** A row's cells that lie side by side. */
export interface Run {
  readonly row: number;
  readonly from: number; // column
  readonly to: number; // column after the last
}

/** The runs of cells that are 1, row by row. */
export function* runsOf(cells: Uint8Array, columns: number): Generator<Run> {
  for (let start = 0, row = 0; start < cells.length; start += columns, row++) {
    for (let from = 0; from < columns; from++) {
      if (cells[start + from] !== 1) continue;
      let to = from + 1;
      while (to < columns && cells[start + to] === 1) to++;
      yield { row, from, to };
      from = to;
    }
  }
}
