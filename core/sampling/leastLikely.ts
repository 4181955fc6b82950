/** Cells that a model finds least likely, ascending, and the highest probability among them. */
export interface LeastLikely {
  readonly cells: readonly number[];
  readonly most: number; // 0 where there are none
}

/** The least likely share (0 .. 1) of some cells, of which each has a probability; at least one of them. */
export function leastLikely(
  probabilities: Float32Array,
  cells: readonly number[],
  share: number,
): LeastLikely {
  const count = Math.max(1, Math.round(share * cells.length));
  const least = [...cells].sort((a, b) => probabilities[a]! - probabilities[b]! || a - b).slice(0, count);
  return {
    cells: [...least].sort((a, b) => a - b),
    most: least.length > 0 ? probabilities[least.at(-1)!]! : 0,
  };
}
