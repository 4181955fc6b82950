/** The largest of the numbers seen so far. */
export interface Leaders {
  /** The smallest of them, which a further number must exceed to be one; -Infinity while there is room. */
  least(): number;
  /** Sees a number. */
  add(value: number): void;
}

/** Keeps the `count` largest (count >= 1), as a heap with the smallest on top: each number costs at most log2(count). */
export function createLeaders(count: number): Leaders {
  const heap = new Float64Array(count).fill(-Infinity);
  return {
    least: () => heap[0]!,
    add(value) {
      if (value > heap[0]!) sink(heap, value);
    },
  };
}

/** Puts a value in the place of the top and lets it sink to where neither below is smaller. */
function sink(heap: Float64Array, value: number): void {
  let at = 0;
  for (let below = 1; below < heap.length; below = 2 * at + 1) {
    if (below + 1 < heap.length && heap[below + 1]! < heap[below]!) below++;
    if (heap[below]! >= value) break;
    heap[at] = heap[below]!;
    at = below;
  }
  heap[at] = value;
}
