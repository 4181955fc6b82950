import type { Size } from '../../base/geometry.ts';

/** What a pixel of a scene is to synthesis. */
export const SOURCE = 0; // known: patches are taken from it
export const TARGET = 1; // drawn anew
export const GIVEN = 2; // stays, and what is drawn must suit it; no patch is taken from it
export const NOTHING = 3; // transparent: it has no colour

/** A part of a picture, some of which is to be drawn with patches of the rest. */
export interface Scene extends Size {
  readonly colours: Uint8Array; // [height, width, 3], sRGB
  readonly kinds: Uint8Array; // [height, width]: SOURCE, TARGET, GIVEN or NOTHING
}

/**
 * The scene at half its size, rounded up: mean colours of two by two pixels that have one. A pixel is as its most
 * doubtful part is: a TARGET if one of the four is, else NOTHING, GIVEN or a SOURCE.
 */
export function halve(scene: Scene): Scene {
  const width = (scene.width + 1) >> 1;
  const height = (scene.height + 1) >> 1;
  const colours = new Uint8Array(3 * width * height);
  const kinds = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const rows = 2 * y + 1 < scene.height ? 2 : 1;
    for (let x = 0; x < width; x++) {
      const columns = 2 * x + 1 < scene.width ? 2 : 1;
      const corner = 2 * y * scene.width + 2 * x;
      halvePixel(scene, corner, rows, columns, colours, kinds, y * width + x);
    }
  }
  return { width, height, colours, kinds };
}

/** Which kind a coarse pixel is: of those of its four pixels the first in this order. */
const RANK = [0, 3, 1, 2] as const;

function halvePixel(
  { width, colours, kinds }: Scene,
  corner: number,
  rows: number,
  columns: number,
  toColours: Uint8Array,
  toKinds: Uint8Array,
  to: number,
): void {
  let [red, green, blue, count, kind] = [0, 0, 0, 0, SOURCE];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = corner + row * width + column;
      const own = kinds[at]!;
      if (RANK[own]! > RANK[kind]!) kind = own;
      if (own === NOTHING) continue;
      red += colours[3 * at]!;
      green += colours[3 * at + 1]!;
      blue += colours[3 * at + 2]!;
      count++;
    }
  }
  toKinds[to] = kind;
  if (count === 0) return;
  const half = count >> 1;
  toColours[3 * to] = Math.floor((red + half) / count);
  toColours[3 * to + 1] = Math.floor((green + half) / count);
  toColours[3 * to + 2] = Math.floor((blue + half) / count);
}

/** The two pixels of an axis of `length` between which pixel `at` of one of `from` lies, and how near the second is. */
export function between(at: number, from: number, length: number): [number, number, number] {
  const place = Math.min(length - 1, Math.max(0, ((at + 0.5) * length) / from - 0.5));
  const first = Math.floor(place);
  return [first, Math.min(length - 1, first + 1), place - first];
}
