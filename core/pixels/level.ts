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

/** The equation of a coarse level: (sum of the springs) u = f + sum of (spring * neighbour). */
export interface Springs {
  readonly east: Float32Array; // between a cell and the one right of it
  readonly south: Float32Array; // between a cell and the one below it
  readonly anchor: Float32Array; // to given values
  readonly sum: Float32Array; // of all springs of a cell
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
    ...values(active),
    springs: null,
  };
}

/** The springs of the finest level written out, for {@link coarsen}; made for its use and dropped. */
export function unitSprings({ width, height, stride, active }: Level): Springs {
  const springs = emptySprings(active.length);
  for (let y = 1; y <= height; y++) {
    for (let x = 1; x <= width; x++) {
      const i = y * stride + x;
      if (active[i] === 0) continue;
      springs.east[i] = active[i + 1]!;
      springs.south[i] = active[i + stride]!;
      springs.anchor[i] =
        (x > 1 ? 1 - active[i - 1]! : 0) +
        (x < width ? 1 - active[i + 1]! : 0) +
        (y > 1 ? 1 - active[i - stride]! : 0) +
        (y < height ? 1 - active[i + stride]! : 0);
    }
  }
  return springs;
}

/** How much a spring to a given value yields when its end moves from the middle of a cell to that of its parent. */
const ANCHOR_STRETCH = 0.25;

/**
 * The next coarser level: half the cells per side. A cell is active where any of its four children is. Springs that
 * cross its sides add up and, being twice as long, halve; those to given values add up and lengthen by half a cell.
 */
export function coarsen(fine: Level, fineSprings: Springs): Level {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const stride = (width + 2) | 1;
  const length = stride * (height + 2);
  const active = new Uint8Array(length);
  const springs = emptySprings(length);
  const { east, south, anchor } = fineSprings;
  for (let y = 0; y < height; y++) {
    // The last row and column may lack their second child; the ghost cells read there are inactive and tied to nothing.
    for (let x = 0; x < width; x++) {
      const i = (y + 1) * stride + x + 1;
      const a = (2 * y + 1) * fine.stride + 2 * x + 1;
      const hasBelow = 2 * y + 1 < fine.height;
      const b = hasBelow ? a + fine.stride : a;
      if ((fine.active[a]! | fine.active[a + 1]! | fine.active[b]! | fine.active[b + 1]!) === 0) continue;
      active[i] = 1;
      const below = hasBelow ? 1 : 0;
      const anchors = anchor[a]! + anchor[a + 1]! + below * (anchor[b]! + anchor[b + 1]!);
      if (anchors > 0) springs.anchor[i] = 1 / (1 / anchors + ANCHOR_STRETCH);
      springs.east[i] = 0.5 * (east[a + 1]! + below * east[b + 1]!);
      springs.south[i] = hasBelow ? 0.5 * (south[b]! + south[b + 1]!) : 0;
    }
  }
  const runs = runsOf(active, width, height, stride);
  sumSprings(springs, runs.spans, stride);
  return { width, height, stride, active, ...runs, ...values(active), springs };
}

function sumSprings({ east, south, anchor, sum }: Springs, spans: Int32Array, stride: number): void {
  for (let s = 0; s < spans.length; s += 2) {
    for (let i = spans[s]!; i < spans[s + 1]!; i++) {
      sum[i] = anchor[i]! + east[i]! + east[i - 1]! + south[i]! + south[i - stride]!;
    }
  }
}

function runsOf(
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

function values(active: Uint8Array): { u: Float32Array } {
  return { u: new Float32Array(active.length) };
}

function emptySprings(length: number): Springs {
  const row = (): Float32Array => new Float32Array(length);
  return { east: row(), south: row(), anchor: row(), sum: row(), f: row() };
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
