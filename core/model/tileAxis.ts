/** One tile along an axis, and the stretch of it that is kept. */
export interface TileSpan {
  readonly start: number;
  readonly length: number;
  readonly from: number; // kept: from
  readonly to: number; // up to, not including
}

/**
 * Covers an axis with tiles of one size (or the whole axis, if that is shorter). What is kept of them covers each
 * position once and lies at least `overlap` from any side of its tile that is not an end of the axis.
 */
export function tileAxis(axis: number, size: number, overlap: number): TileSpan[] {
  if (axis <= size) return [{ start: 0, length: axis, from: 0, to: axis }];
  const spans: TileSpan[] = [];
  for (let from = 0; from < axis;) {
    const start = Math.max(0, Math.min(from - overlap, axis - size));
    const to = start + size === axis ? axis : start + size - overlap;
    spans.push({ start, length: size, from, to });
    from = to;
  }
  return spans;
}
