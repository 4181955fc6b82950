import type { Rect } from '../../base/geometry.ts';
import type { Mask } from '../../pixels/masks/mask.ts';
import type { Picture } from '../../pixels/picture.ts';
import { fullRect } from '../../base/geometry.ts';
import { DIRECTIONS, minimumCut } from './maxFlow.ts';
import { fitMixture } from './mixture.ts';
import type { Scene } from './segment.ts';

const SMOOTH = 10; // nats
const MOST = 4; // nats that a pixel's colour may say
const CERTAIN = 1e6;
const SLACK = 2; // px

/**
 * A mask of the picture's size from labels of a window of it that was looked at smaller: the border finds the picture's own
 * edges within the px that a label stood for, and is soft over a pixel.
 */
export function refineBorder(
  picture: Picture,
  window: Rect,
  { labels, scene }: { readonly labels: Uint8Array; readonly scene: Scene },
): Mask {
  const whole = fullRect({ width: picture.width, height: picture.height });
  const data = new Uint8Array(whole.width * whole.height);
  const coarse = enlarge(labels, scene, window);
  const reach = Math.ceil(window.width / scene.width) + SLACK;
  const fine = recut(picture, window, coarse, band(coarse, window, reach), labels, scene);
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      data[(window.y + y) * whole.width + window.x + x] = softened(fine, window, x, y);
    }
  }
  return { width: whole.width, height: whole.height, data };
}

/** Labels of a window's own size, by the nearest. */
function enlarge(labels: Uint8Array, { width, height }: Scene, window: Rect): Uint8Array {
  const out = new Uint8Array(window.width * window.height);
  for (let y = 0, i = 0; y < window.height; y++) {
    const row = Math.floor(((y + 0.5) * height) / window.height) * width;
    for (let x = 0; x < window.width; x++, i++)
      out[i] = labels[row + Math.floor(((x + 0.5) * width) / window.width)]!;
  }
  return out;
}

/** 1 for each pixel within `reach` px of the border between labels. */
function band(labels: Uint8Array, { width, height }: Rect, reach: number): Uint8Array {
  const near = new Uint8Array(labels.length);
  const across = new Uint8Array(labels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const other = (x + 1 < width && labels[i + 1] !== labels[i]) || (y + 1 < height && labels[i + width] !== labels[i]); // prettier-ignore
      if (other)
        across.fill(1, y * width + Math.max(0, x - reach), y * width + Math.min(width, x + reach + 1));
    }
  }
  for (let y = 0; y < height; y++) {
    const row = across.subarray(y * width, (y + 1) * width);
    if (!row.includes(1)) continue;
    for (let to = Math.max(0, y - reach); to <= Math.min(height - 1, y + reach); to++) {
      for (let x = 0; x < width; x++) if (row[x] === 1) near[to * width + x] = 1;
    }
  }
  return near;
}

function recut(
  picture: Picture,
  window: Rect,
  coarse: Uint8Array,
  near: Uint8Array,
  labels: Uint8Array,
  scene: Scene,
): Uint8Array {
  const { width, height } = window;
  const object = fitMixture(scene.colours, labels);
  const around = fitMixture(
    scene.colours,
    labels.map((label) => 1 - label),
  );
  const colours = new Float32Array(3 * width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (near[i] === 0 && !touches(near, width, height, x, y)) continue;
      const from = 4 * ((window.y + y) * picture.width + window.x + x);
      for (let c = 0; c < 3; c++) colours[3 * i + c] = picture.data[from + c]! / 255;
    }
  }
  const terminals = new Float32Array(width * height);
  const edges = new Float32Array(width * height * DIRECTIONS.length);
  const beta = livelinessOf(colours, near, width);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (near[i] === 0) {
        if (touches(near, width, height, x, y)) terminals[i] = coarse[i] === 1 ? CERTAIN : -CERTAIN;
        continue;
      }
      const says = around.cost(colours, i) - object.cost(colours, i);
      terminals[i] = Math.max(-MOST, Math.min(MOST, says)) + (coarse[i] === 1 ? 0.5 : -0.5);
      for (const [direction, [dx, dy]] of DIRECTIONS.entries()) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const j = i + dy * width + dx;
        const weight = (SMOOTH * Math.exp(-beta * apart(colours, i, j))) / (direction >= 4 ? Math.SQRT2 : 1);
        edges[i * DIRECTIONS.length + direction] = weight;
        edges[j * DIRECTIONS.length + (direction ^ 1)] = weight;
      }
    }
  }
  const cut = minimumCut({ width, height, terminals, edges });
  const fine = coarse.map((label, i) => (near[i] === 1 ? cut[i]! : label));
  // An object that is border all through has nothing certain to hold it.
  return fine.includes(1) ? fine : coarse;
}

function touches(near: Uint8Array, width: number, height: number, x: number, y: number): boolean {
  return DIRECTIONS.some(
    ([dx, dy]) =>
      x + dx >= 0 &&
      x + dx < width &&
      y + dy >= 0 &&
      y + dy < height &&
      near[(y + dy) * width + x + dx] === 1,
  );
}

function livelinessOf(colours: Float32Array, near: Uint8Array, width: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i + width < near.length; i++) {
    if (near[i] === 0 || near[i + 1] === 0 || near[i + width] === 0) continue;
    sum += apart(colours, i, i + 1) + apart(colours, i, i + width);
    count += 2;
  }
  return sum === 0 ? 0 : count / (2 * sum);
}

function apart(colours: Float32Array, i: number, j: number): number {
  const red = colours[3 * i]! - colours[3 * j]!;
  const green = colours[3 * i + 1]! - colours[3 * j + 1]!;
  const blue = colours[3 * i + 2]! - colours[3 * j + 2]!;
  return red * red + green * green + blue * blue;
}

/** 0 .. 255: 255 or 0 inside, between them on the border. */
function softened(labels: Uint8Array, { width, height }: Rect, x: number, y: number): number {
  const own = labels[y * width + x]!;
  let sum = 4 * own;
  for (let direction = 0; direction < 4; direction++) {
    const [dx, dy] = DIRECTIONS[direction]!;
    const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
    sum += inside ? labels[(y + dy) * width + x + dx]! : own;
  }
  return Math.round((255 * sum) / 8);
}
