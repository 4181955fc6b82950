/**
 * One resolution of Laplace's equation on a hole: weighted edges between neighbouring active cells and to the given
 * values around them. Arrays have a ring of ghost cells and an odd stride, so that the parity of an index is the
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
  readonly equation: Equation | null; // null at the finest level, where every weight is 1 and f is 0
}

/** The weights of a level's edges; those of the finest are whole numbers, so bytes are enough. */
export interface EdgeWeights {
  readonly east: Float32Array | Uint8Array; // between a cell and the one right of it
  readonly south: Float32Array | Uint8Array; // between a cell and the one below it
  readonly boundary: Float32Array | Uint8Array; // to given values
}

/** The equation of a coarse level: (sum of the weights) u = f + sum of (weight * neighbour). */
export interface Equation extends EdgeWeights {
  readonly east: Float32Array;
  readonly south: Float32Array;
  readonly boundary: Float32Array;
  readonly inverse: Float32Array; // 1 / (sum of all weights of a cell)
  readonly f: Float32Array; // right-hand side
}

/** The finest level: the hole's cells are active, and every edge has weight 1. */
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
    equation: null,
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

/** Sweeps of red-black Gauss-Seidel: every active cell becomes the weighted mean of its neighbours. */
export function relax(level: Level, sweeps: number): void {
  for (let half = 0; half < 2 * sweeps; half++) {
    if (level.equation) {
      relaxCoarse(level, level.equation, half & 1);
    } else {
      mirrorGhosts(level);
      relaxFinest(level, half & 1);
    }
  }
}

function relaxFinest({ u, stride, spans }: Level, colour: number): void {
  for (let s = 0; s < spans.length; s += 2) {
    const from = spans[s]!;
    const to = spans[s + 1]!;
    for (let i = from + ((from ^ colour) & 1); i < to; i += 2) {
      u[i] = 0.25 * (u[i - 1]! + u[i + 1]! + u[i - stride]! + u[i + stride]!);
    }
  }
}

function relaxCoarse({ u, stride, spans }: Level, equation: Equation, colour: number): void {
  const { east, south, inverse, f } = equation;
  for (let s = 0; s < spans.length; s += 2) {
    const from = spans[s]!;
    const to = spans[s + 1]!;
    for (let i = from + ((from ^ colour) & 1); i < to; i += 2) {
      const across = east[i - 1]! * u[i - 1]! + east[i]! * u[i + 1]!;
      const down = south[i - stride]! * u[i - stride]! + south[i]! * u[i + stride]!;
      u[i] = (f[i]! + across + down) * inverse[i]!;
    }
  }
}
