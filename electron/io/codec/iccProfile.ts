import { type ColourSpace, type Curve, gammaCurve, type Matrix, spaceOfColorants } from './colourSpace.ts';

const TAGS_AT = 128;
const MOST_TAGS = 200;

/**
 * The colour space that an ICC profile describes by a matrix and curves (ICC.1:2022, F.3); null for one that works by
 * tables, or is no profile of RGB, or damaged. Such a profile is evaluated at full precision here, where a colour engine
 * samples a table for 16 bit pictures and is off by many levels in the dark.
 */
export function matrixSpace(profile: Uint8Array): ColourSpace | null {
  try {
    return read(new DataView(profile.buffer, profile.byteOffset, profile.byteLength));
  } catch (error) {
    if (error instanceof RangeError) return null; // an offset that points outside
    throw error;
  }
}

function read(view: DataView): ColourSpace | null {
  if (text(view, 16) !== 'RGB ' || text(view, 20) !== 'XYZ ') return null;
  const tags = tagsOf(view);
  if (tags.has('A2B0') || tags.has('A2B1')) return null;
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => colorant(view, tags.get(name)));
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => curveAt(view, tags.get(name)));
  const [r, g, b] = curves;
  if (!red || !green || !blue || !r || !g || !b) return null;
  const columns = [0, 1, 2].map((i) => [red[i], green[i], blue[i]]) as unknown as Matrix;
  return spaceOfColorants(columns, [r, g, b]);
}

function tagsOf(view: DataView): ReadonlyMap<string, number> {
  const count = Math.min(MOST_TAGS, view.getUint32(TAGS_AT));
  const tags = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const at = TAGS_AT + 4 + i * 12;
    tags.set(text(view, at), view.getUint32(at + 4));
  }
  return tags;
}

function colorant(view: DataView, at: number | undefined): readonly number[] | null {
  if (at === undefined || text(view, at) !== 'XYZ ') return null;
  return [8, 12, 16].map((offset) => fixed(view, at + offset));
}

function curveAt(view: DataView, at: number | undefined): Curve | null {
  if (at === undefined) return null;
  if (text(view, at) === 'curv') return sampledCurve(view, at);
  return text(view, at) === 'para' ? parametricCurve(view, at) : null;
}

function sampledCurve(view: DataView, at: number): Curve {
  const count = view.getUint32(at + 8);
  if (count === 0) return (v) => v;
  if (count === 1) return gammaCurve(view.getUint16(at + 12) / 256);
  if (at + 12 + count * 2 > view.byteLength) throw new RangeError('a curve that is cut off');
  const samples = Float64Array.from({ length: count }, (_, i) => view.getUint16(at + 12 + i * 2) / 65_535);
  return (v) => {
    const place = v * (count - 1);
    const before = Math.min(count - 2, Math.floor(place));
    const share = place - before;
    return samples[before]! * (1 - share) + samples[before + 1]! * share;
  };
}

/** ICC.1:2022, 10.18: five kinds, each with more parameters than the one before. */
function parametricCurve(view: DataView, at: number): Curve | null {
  const kind = view.getUint16(at + 8);
  const counts = [1, 3, 4, 5, 7];
  if (counts[kind] === undefined) return null;
  const values = Array.from({ length: counts[kind] }, (_, i) => fixed(view, at + 12 + i * 4));
  const [g = 1, a = 1, b = 0] = values;
  const power = (v: number): number => Math.max(0, a * v + b) ** g;
  switch (kind) {
    case 0:
      return gammaCurve(g);
    case 1:
      return (v) => (v >= -b / a ? power(v) : 0);
    case 2:
      return (v) => (v >= -b / a ? power(v) : 0) + values[3]!;
    default: {
      const [, , , c = 0, d = 0, e = 0, f = 0] = values;
      return (v) => (v >= d ? power(v) + e : c * v + f);
    }
  }
}

function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65_536;
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
