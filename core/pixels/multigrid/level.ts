/**
 * One resolution of Laplace's equation on a hole: a network of springs between neighbouring active cells and to the
 * given values around them. Arrays have a ring of ghost cells and an odd stride, so that the parity of an index is the
 * colour of its cell on the checkerboard.
 */
export interface Level {
  readonly width: number; // cells
  readonly height: number; // cells
  readonly stride: number; // odd, at least width + 2
  readonly active: Uint8Array; // 1 where the equation holds, 0 where the value is given
  readonly spans: Int32Array; // [from, to) of each run of active cells, in order
  readonly rowSpans: Int32Array; // [height + 1], where each row's runs begin in `spans`
  readonly u: Float32Array; // the values
  readonly springs: Springs | null; // null at the finest level, where every spring is 1 and f is 0
}

/** What ties the cells of a level; the finest has only whole numbers, and needs no more than bytes. */
export interface Ties {
  readonly east: Float32Array | Uint8Array; // between a cell and the one right of it
  readonly south: Float32Array | Uint8Array; // between a cell and the one below it
  readonly anchor: Float32Array | Uint8Array; // to given values
}

/** The equation of a coarse level: (sum of the springs) u = f + sum of (spring * neighbour). */
export interface Springs extends Ties {
  readonly east: Float32Array;
  readonly south: Float32Array;
  readonly anchor: Float32Array;
  readonly inverse: Float32Array; // 1 / (sum of all springs of a cell)
  readonly f: Float32Array; // right-hand side
}

/** The finest level: the hole's cells are active, and every one is tied to its neighbours with a spring of 1. */
export function finestLevel(width: number, height: number, hole: Uint8Array): Level {
  const stride = (width + 2) | 1;
  const active = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++) {
    const to = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++) active[to + x] = hole[y * width + x]! > 0 ? 1 : 0;
  }
  return {
    width,
    height,
    stride,
    active,
    ...runsOf(active, width, height, stride),
    u: new Float32Array(active.length),
    springs: null,
  };
}

/** The runs of active cells of a level. */
export function runsOf(
  active: Uint8Array,
  width: number,
  height: number,
  stride: number,
): { spans: Int32Array; rowSpans: Int32Array } {
  const spans: number[] = [];
  const rowSpans = new Int32Array(height + 1);
  for (let y = 0; y < height; y++) {
    rowSpans[y] = spans.length;
    const from = (y + 1) * stride + 1;
    let last = 0;
    // One step past the row: the ghost there is inactive and closes its last run.
    for (let i = from; i <= from + width; i++) {
      const now = active[i]!;
      if (now !== last) spans.push(i);
      last = now;
    }
  }
  rowSpans[height] = spans.length;
  return { spans: Int32Array.from(spans), rowSpans };
}

/** The natural boundary: what lies outside equals what lies just inside. */
export function mirrorGhosts({ u, width, height, stride }: Level): void {
  for (let y = 1; y <= height; y++) {
    u[y * stride] = u[y * stride + 1]!;
    u[y * stride + width + 1] = u[y * stride + width]!;
  }
  u.copyWithin(0, stride, 2 * stride);
  u.copyWithin((height + 1) * stride, height * stride, (height + 1) * stride);
}
