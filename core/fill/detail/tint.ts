import type { Mask } from '../../pixels/masks/mask.ts';
import type { Picture, Planes } from '../../pixels/picture.ts';
import type { Rect } from '../../base/geometry.ts';
import { fullRect, intersectRects } from '../../base/geometry.ts';

/** The colours of a photograph in black and white, or toned: one for each luma (BT.601). */
export interface Tone {
  readonly red: Float32Array; // [STEPS], R - luma at the middle of each step, levels of 0 .. 255
  readonly blue: Float32Array; // [STEPS], B - luma
}

const STEPS = 32;
const STEP = 256 / STEPS; // levels

/** Samples along each side of the region are enough. */
const SAMPLES = 256;
const FEWEST = 256; // in all

/** How far colours stray from those of a tone (root mean square, levels): paper yellows unevenly, and JPEG adds its own. */
const STRAY = 3;

/** Beyond this many levels a pixel has a colour of its own; a picture in one tone may have a thousandth of such. */
const OWN = 16;
const MOST_OWN = 0.001;

/**
 * The tone of a region, as far as it is opaque and nothing is selected there; null for a picture in colours, and where too
 * little can be seen.
 *
 * @param region picture px, may reach outside the picture
 */
export function toneOf(picture: Picture, selection: Mask, region: Rect): Tone | null {
  const samples = samplesOf(picture, selection, region);
  if (samples.length < FEWEST) return null;
  const counts = new Float32Array(STEPS);
  const red = new Float32Array(STEPS);
  const blue = new Float32Array(STEPS);
  for (const at of samples) {
    const luma = lumaAt(picture.data, at);
    const step = Math.floor(luma / STEP);
    counts[step]!++;
    red[step]! += picture.data[at]! - luma;
    blue[step]! += picture.data[at + 2]! - luma;
  }
  const tone = { red: betweenKnown(red, counts), blue: betweenKnown(blue, counts) };
  let squares = 0;
  let own = 0;
  for (const at of samples) {
    const luma = lumaAt(picture.data, at);
    const strayRed = picture.data[at]! - luma - offsetAt(tone.red, luma);
    const strayBlue = picture.data[at + 2]! - luma - offsetAt(tone.blue, luma);
    squares += strayRed ** 2 + strayBlue ** 2;
    if (Math.max(Math.abs(strayRed), Math.abs(strayBlue)) > OWN) own++;
  }
  const stray = Math.sqrt(squares / (2 * samples.length));
  return stray <= STRAY && own <= MOST_OWN * samples.length ? tone : null;
}

/** Planes in the colours that a tone has for their luma. */
export function inTone(planes: Planes, tone: Tone): Planes {
  return mapLuma(planes, (luma) => {
    const red = offsetAt(tone.red, 255 * luma) / 255;
    const blue = offsetAt(tone.blue, 255 * luma) / 255;
    return [luma + red, luma - (RED * red + BLUE * blue) / GREEN, luma + blue]; // the luma stays
  });
}

/** Planes of differences without what they have of colours. */
export function inGrey(planes: Planes): Planes {
  return mapLuma(planes, (luma) => [luma, luma, luma]);
}

function mapLuma(
  { width, height, data }: Planes,
  coloursOf: (luma: number) => readonly [number, number, number],
): Planes {
  const area = width * height;
  const mapped = new Float32Array(data.length);
  for (let i = 0; i < area; i++) {
    const luma = RED * data[i]! + GREEN * data[area + i]! + BLUE * data[2 * area + i]!;
    const colours = coloursOf(luma);
    for (let c = 0; c < 3; c++) mapped[c * area + i] = colours[c]!;
  }
  return { width, height, data: mapped };
}

const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

/** Exact for greys: theirs is their level. */
function lumaAt(rgba: Uint8Array, at: number): number {
  const green = rgba[at + 1]!;
  return green + RED * (rgba[at]! - green) + BLUE * (rgba[at + 2]! - green);
}

/** Offsets into the picture's data. */
function samplesOf(picture: Picture, selection: Mask, region: Rect): number[] {
  const whole = fullRect(picture);
  const seen = intersectRects(region, whole);
  const down = Math.ceil(Math.max(1, seen.height) / SAMPLES);
  const across = Math.ceil(Math.max(1, seen.width) / SAMPLES);
  const samples: number[] = [];
  for (let y = seen.y; y < seen.y + seen.height; y += down) {
    for (let x = seen.x; x < seen.x + seen.width; x += across) {
      const i = (y - whole.y) * picture.width + x - whole.x;
      if (selection.data[i] === 0 && picture.data[4 * i + 3] === 255) samples.push(4 * i);
    }
  }
  return samples;
}

/** Means of sums, and straight between steps that nothing fell into; the outermost go on to the ends. */
function betweenKnown(sums: Float32Array, counts: Float32Array): Float32Array {
  const known = Array.from(counts.keys()).filter((step) => counts[step]! > 0);
  return Float32Array.from(sums, (_, step) => {
    const after = known.find((other) => other >= step) ?? known.at(-1)!;
    const before = known.findLast((other) => other <= step) ?? known[0]!;
    const share = after === before ? 0 : (step - before) / (after - before);
    const [from, to] = [sums[before]! / counts[before]!, sums[after]! / counts[after]!];
    return from + (to - from) * share;
  });
}

function offsetAt(offsets: Float32Array, luma: number): number {
  const at = Math.min(STEPS - 1, Math.max(0, luma / STEP - 0.5));
  const step = Math.floor(at);
  const from = offsets[step]!;
  return from + ((offsets[step + 1] ?? from) - from) * (at - step);
}
