import type { Size } from '../../base/geometry.ts';
import { type CutGrid, DIRECTIONS, minimumCut } from './maxFlow.ts';
import { type ColourMixture, fitMixture } from './mixture.ts';

const SMOOTH = 12; // nats that a border costs per px where nothing is to be seen of one
const MOST = 6; // nats that a pixel's colour may say
const CERTAIN = 1e6; // nats: what was pointed at
const DIRECTED = [0, 2, 4, 6] as const; // one of each pair of opposite directions

/** A part of a picture as segmentation sees it. */
export interface Scene extends Size {
  readonly colours: Float32Array; // [height * width, 3], 0 .. 1
}

/** What is known of the pixels before their colours are looked at. */
export interface Hints {
  readonly seeds: Int8Array; // [height * width]: 1 belongs to the object, -1 does not, 0 nobody knows
  readonly prior: Float32Array; // [height * width], nats in favour of the object
}

export interface Segmented {
  readonly labels: Uint8Array; // [height * width]: 1 is the object
  /** How much of its border lies on edges of the picture, 0 .. 1. */
  readonly edges: number;
}

/**
 * Parts an object from what is around it: colour models of both and the picture's edges decide, in turns (Rother,
 * Kolmogorov and Blake, GrabCut, SIGGRAPH 2004). `first` is what to begin with; parts of it that hold no
 * marked pixel are left out.
 */
export function segment(
  scene: Scene,
  hints: Hints,
  first: Uint8Array,
  rounds: number,
  isMarked: (pixel: number) => boolean,
): Segmented {
  const contrast = contrasts(scene);
  let labels = first;
  for (let round = 0; round < rounds; round++) {
    const object = fitMixture(scene.colours, labels);
    const around = fitMixture(
      scene.colours,
      labels.map((label) => 1 - label),
    );
    const next = cut(scene, hints, contrast, object, around);
    if (!next.includes(1) || !next.includes(0)) break;
    labels = next;
  }
  labels = onlyTouched(labels, scene, isMarked);
  return { labels, edges: borderOnEdges(scene, labels, contrast) };
}

/** What hangs together with marked pixels of the object; the rest of it, of the same colours elsewhere, is none. */
function onlyTouched(
  labels: Uint8Array,
  { width, height }: Size,
  isMarked: (pixel: number) => boolean,
): Uint8Array {
  const kept = new Uint8Array(labels.length);
  const open: number[] = [];
  const take = (pixel: number): void => {
    if (labels[pixel] !== 1 || kept[pixel] === 1) return;
    kept[pixel] = 1;
    open.push(pixel);
  };
  for (let pixel = 0; pixel < labels.length; pixel++) if (isMarked(pixel)) take(pixel);
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    const x = pixel % width;
    if (x > 0) take(pixel - 1);
    if (x < width - 1) take(pixel + 1);
    if (pixel >= width) take(pixel - width);
    if (pixel < width * (height - 1)) take(pixel + width);
  }
  return kept;
}

function cut(
  { width, height, colours }: Scene,
  { seeds, prior }: Hints,
  contrast: Float32Array,
  object: ColourMixture,
  around: ColourMixture,
): Uint8Array {
  const terminals = new Float32Array(width * height);
  for (let i = 0; i < terminals.length; i++) {
    const says = around.cost(colours, i) - object.cost(colours, i);
    terminals[i] = seeds[i] !== 0 ? seeds[i]! * CERTAIN : Math.max(-MOST, Math.min(MOST, says)) + prior[i]!;
  }
  const grid: CutGrid = { width, height, terminals, edges: contrast.map((edge) => SMOOTH * edge) };
  return minimumCut(grid);
}

/**
 * How much neighbours hang together, 0 .. 1, by pixel and direction: little across an edge of the picture. What counts as
 * an edge follows from how lively the scene is.
 */
function contrasts({ width, height, colours }: Scene): Float32Array {
  const edges = new Float32Array(width * height * DIRECTIONS.length);
  let sum = 0;
  let count = 0;
  forEachPair({ width, height }, (i, j) => {
    sum += apart(colours, i, j);
    count++;
  });
  const beta = sum === 0 ? 0 : count / (2 * sum);
  forEachPair({ width, height }, (i, j, direction) => {
    const weight = Math.exp(-beta * apart(colours, i, j)) / (direction >= 4 ? Math.SQRT2 : 1);
    edges[i * DIRECTIONS.length + direction] = weight;
    edges[j * DIRECTIONS.length + (direction ^ 1)] = weight;
  });
  return edges;
}

function borderOnEdges({ width, height }: Size, labels: Uint8Array, contrast: Float32Array): number {
  let length = 0;
  let free = 0;
  forEachPair({ width, height }, (i, j, direction) => {
    if (labels[i] === labels[j]) return;
    const part = direction >= 4 ? Math.SQRT1_2 : 1;
    length += part;
    free += part - contrast[i * DIRECTIONS.length + direction]!;
  });
  return length === 0 ? 0 : free / length;
}

/** Visits each pair of neighbours once. */
function forEachPair(
  { width, height }: Size,
  visit: (i: number, j: number, direction: number) => void,
): void {
  for (const direction of DIRECTED) {
    const [dx, dy] = DIRECTIONS[direction];
    const offset = dy * width + dx;
    for (let y = Math.max(0, -dy); y < height - Math.max(0, dy); y++) {
      for (let x = Math.max(0, -dx); x < width - Math.max(0, dx); x++) {
        visit(y * width + x, y * width + x + offset, direction);
      }
    }
  }
}

function apart(colours: Float32Array, i: number, j: number): number {
  const red = colours[3 * i]! - colours[3 * j]!;
  const green = colours[3 * i + 1]! - colours[3 * j + 1]!;
  const blue = colours[3 * i + 2]! - colours[3 * j + 2]!;
  return red * red + green * green + blue * blue;
}
