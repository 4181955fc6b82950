/**
 * Minimum cuts of grids whose nodes are joined to their eight neighbours, by the algorithm of Boykov and Kolmogorov (An
 * Experimental Comparison of Min-Cut/Max-Flow Algorithms, PAMI 2004): two trees that grow towards each other and are
 * mended, not rebuilt, after each path between them.
 */

/** The directions of a node's neighbours, in pairs that are opposite: i and i ^ 1. */
export const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
  [1, -1],
] as const;

const COUNT = DIRECTIONS.length;
const FREE = 0;
const SOURCE = 1;
const SINK = 2;
const TERMINAL = -1; // in place of a direction: the parent is the terminal itself
const ORPHAN = -2;

/** A grid to cut. Edges that would leave it have no capacity. */
export interface CutGrid {
  readonly width: number;
  readonly height: number;
  /** Of each node: what its edge from the source carries more than its edge to the sink. */
  readonly terminals: Float32Array; // [height * width]
  /** Of each node and direction, see {@link DIRECTIONS}. */
  readonly edges: Float32Array; // [height * width, 8]
}

/** Which nodes stay with the source: 1, or 0. */
export function minimumCut(grid: CutGrid): Uint8Array {
  // A rim of nodes without capacity, so that no neighbour has to be looked for.
  const width = grid.width + 2;
  const count = width * (grid.height + 2);
  const terminals = rimmed(grid.terminals, grid, 1);
  const edges = rimmed(grid.edges, grid, COUNT);
  const offsets = Int32Array.from(DIRECTIONS, ([x, y]) => y * width + x);
  const tree = new Uint8Array(count);
  const parent = new Int8Array(count).fill(ORPHAN); // the direction in which it lies
  const stamp = new Int32Array(count);
  const distance = new Int32Array(count);
  const queue = new Queue(count);
  let orphans: number[] = [];
  let time = 0;

  for (let node = 0; node < count; node++) {
    if (terminals[node] === 0) continue;
    tree[node] = terminals[node]! > 0 ? SOURCE : SINK;
    parent[node] = TERMINAL;
    distance[node] = 1;
    queue.push(node);
  }

  for (let node = queue.first(); node >= 0; node = queue.first()) {
    const meeting = tree[node] === FREE ? -1 : grow(node);
    if (meeting < 0) {
      queue.drop();
      continue;
    }
    time++;
    if (tree[node] === SOURCE) augment(node, meeting);
    else augment(node + offsets[meeting]!, meeting ^ 1);
    while (orphans.length > 0) {
      const list = orphans;
      orphans = [];
      for (const orphan of list) adopt(orphan);
    }
  }
  const labels = new Uint8Array(grid.width * grid.height);
  for (let y = 0, i = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++, i++) labels[i] = tree[(y + 1) * width + x + 1] === SOURCE ? 1 : 0;
  }
  return labels;

  /** What can flow from the tree's root side towards (source) or out of (sink) a neighbour. */
  function residual(node: number, direction: number, which: number): number {
    return which === SOURCE
      ? edges[node * COUNT + direction]!
      : edges[(node + offsets[direction]!) * COUNT + (direction ^ 1)]!;
  }

  /** Takes free neighbours into the node's tree; the direction in which the other tree was met, else -1. */
  function grow(node: number): number {
    const which = tree[node]!;
    for (let direction = 0; direction < COUNT; direction++) {
      if (residual(node, direction, which) <= 0) continue;
      const other = node + offsets[direction]!;
      if (tree[other] === FREE) {
        tree[other] = which;
        parent[other] = direction ^ 1;
        stamp[other] = stamp[node]!;
        distance[other] = distance[node]! + 1;
        queue.push(other);
      } else if (tree[other] !== which) {
        return direction;
      } else if (stamp[other]! <= stamp[node]! && distance[other]! > distance[node]! + 1) {
        parent[other] = direction ^ 1; // a shorter way to the terminal
        stamp[other] = stamp[node]!;
        distance[other] = distance[node]! + 1;
      }
    }
    return -1;
  }

  /** Lets through what the path over an edge from the source's tree to the sink's can carry. */
  function augment(from: number, direction: number): void {
    const to = from + offsets[direction]!;
    let least = edges[from * COUNT + direction]!;
    let node = from;
    for (; parent[node] !== TERMINAL; node += offsets[parent[node]!]!) {
      least = Math.min(least, edges[(node + offsets[parent[node]!]!) * COUNT + (parent[node]! ^ 1)]!);
    }
    least = Math.min(least, terminals[node]!);
    for (node = to; parent[node] !== TERMINAL; node += offsets[parent[node]!]!) {
      least = Math.min(least, edges[node * COUNT + parent[node]!]!);
    }
    least = Math.min(least, -terminals[node]!);

    edges[from * COUNT + direction]! -= least;
    edges[to * COUNT + (direction ^ 1)]! += least;
    for (node = from; parent[node] !== TERMINAL;) {
      const up = parent[node]!;
      const above = node + offsets[up]!;
      edges[above * COUNT + (up ^ 1)]! -= least;
      edges[node * COUNT + up]! += least;
      if (edges[above * COUNT + (up ^ 1)]! <= 0) leave(node);
      node = above;
    }
    terminals[node]! -= least;
    if (terminals[node]! <= 0) leave(node);
    for (node = to; parent[node] !== TERMINAL;) {
      const up = parent[node]!;
      const above = node + offsets[up]!;
      edges[node * COUNT + up]! -= least;
      edges[above * COUNT + (up ^ 1)]! += least;
      if (edges[node * COUNT + up]! <= 0) leave(node);
      node = above;
    }
    terminals[node]! += least;
    if (terminals[node]! >= 0) leave(node);
  }

  function leave(node: number): void {
    parent[node] = ORPHAN;
    orphans.push(node);
  }

  /** Finds an orphan a new parent in its tree; without one it is free, and its children are orphans. */
  function adopt(node: number): void {
    const which = tree[node]!;
    let nearest = Infinity;
    for (let direction = 0; direction < COUNT; direction++) {
      const other = node + offsets[direction]!;
      if (tree[other] !== which || residual(other, direction ^ 1, which) <= 0) continue;
      const far = distanceToTerminal(other);
      if (far >= nearest) continue;
      nearest = far;
      parent[node] = direction;
    }
    if (nearest < Infinity) {
      stamp[node] = time;
      distance[node] = nearest + 1;
      return;
    }
    parent[node] = ORPHAN;
    tree[node] = FREE;
    for (let direction = 0; direction < COUNT; direction++) {
      const other = node + offsets[direction]!;
      if (tree[other] !== which) continue;
      if (residual(other, direction ^ 1, which) > 0) queue.push(other);
      if (parent[other] === (direction ^ 1)) leave(other);
    }
  }

  /** How many edges there are to the terminal; Infinity where an orphan is on the way. What is found is kept for this turn. */
  function distanceToTerminal(from: number): number {
    let edgesUp = 0;
    let node = from;
    while (stamp[node] !== time) {
      const up = parent[node]!;
      if (up === ORPHAN) return Infinity;
      edgesUp++;
      if (up === TERMINAL) {
        stamp[node] = time;
        distance[node] = 1;
        edgesUp--;
        break;
      }
      node += offsets[up]!;
    }
    const all = edgesUp + distance[node]!;
    let left = all;
    for (node = from; stamp[node] !== time; node += offsets[parent[node]!]!) {
      stamp[node] = time;
      distance[node] = left--;
    }
    return all;
  }
}

/** Values of a grid's nodes with a rim of zeros around them. */
function rimmed(values: Float32Array, { width, height }: CutGrid, each: number): Float32Array {
  const out = new Float32Array((width + 2) * (height + 2) * each);
  for (let y = 0; y < height; y++) {
    const row = values.subarray(y * width * each, (y + 1) * width * each);
    out.set(row, ((y + 1) * (width + 2) + 1) * each);
  }
  return out;
}

/** Nodes first in, first out, each at most once. */
class Queue {
  private readonly nodes: Int32Array;
  private readonly waits: Uint8Array;
  private head = 0;
  private length = 0;

  constructor(count: number) {
    this.nodes = new Int32Array(count);
    this.waits = new Uint8Array(count);
  }

  push(node: number): void {
    if (this.waits[node] === 1) return;
    this.waits[node] = 1;
    this.nodes[(this.head + this.length++) % this.nodes.length] = node;
  }

  /** -1 where none waits. */
  first(): number {
    return this.length === 0 ? -1 : this.nodes[this.head]!;
  }

  drop(): void {
    this.waits[this.nodes[this.head]!] = 0;
    this.head = (this.head + 1) % this.nodes.length;
    this.length--;
  }
}
