/** What becomes of an encoded sample, 0 .. 1, in linear light; white is 1. */
export type Curve = (value: number) => number;

type Triple = readonly [number, number, number];
export type Matrix = readonly [Triple, Triple, Triple];

/** An RGB colour space of three primaries. */
export interface ColourSpace {
  readonly curves: readonly [Curve, Curve, Curve]; // of red, green and blue
  readonly toSrgb: Matrix; // linear light of its primaries -> that of sRGB's
}

/** CIE 1931 xy of red, green, blue and white. */
export type Chromaticities = readonly [Point, Point, Point, Point];
type Point = readonly [number, number];

const D65: Point = [0.3127, 0.329];
export const SRGB_PRIMARIES: Chromaticities = [[0.64, 0.33], [0.3, 0.6], [0.15, 0.06], D65];

/** X, Y, Z of the white of ICC's connection space (ICC.1:2022, 7.2.16). */
const D50: Triple = [0.9642, 1, 0.8249];

const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** IEC 61966-2-1. */
export const srgbCurve: Curve = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

export const gammaCurve =
  (gamma: number): Curve =>
  (v) =>
    v ** gamma;

/** A space by its primaries and white; null where they lie on a line and span no colours. */
export function spaceOfPrimaries(primaries: Chromaticities, curve: Curve): ColourSpace | null {
  const xyz = multiply(adaptation(whiteOf(primaries[3]), D50), xyzOf(primaries));
  return spaceOfColorants(xyz, [curve, curve, curve]);
}

/** A space by the X, Y, Z of its colorants under D50, a column each. */
export function spaceOfColorants(colorants: Matrix, curves: ColourSpace['curves']): ColourSpace | null {
  const toSrgb = multiply(fromD50(), colorants);
  return toSrgb.flat().every(Number.isFinite) ? { curves, toSrgb } : null;
}

/** Linear light of sRGB's primaries, 0 .. 1 where it is in gamut, from X, Y, Z under D50. */
export function fromD50(): Matrix {
  return (d50ToSrgb ??= invert(multiply(adaptation(whiteOf(D65), D50), xyzOf(SRGB_PRIMARIES))));
}

let d50ToSrgb: Matrix | undefined;

const LIGHT_STEPS = 65_535;

/** 8 bit sRGB by linear light: [LIGHT_STEPS + 1]; in the darkest part a step is a twentieth of a level. */
function encodings(): Uint8Array {
  return (encoded ??= Uint8Array.from({ length: LIGHT_STEPS + 1 }, (_, i) => {
    const light = i / LIGHT_STEPS;
    return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
  }));
}

let encoded: Uint8Array | undefined;

/** The 8 bit sRGB sample of linear light; out of gamut it is clipped. */
export function srgbOf(light: number): number {
  return encodings()[Math.round(LIGHT_STEPS * Math.min(1, Math.max(0, light)))]!;
}

/** Samples of 1 to 4 bands (grey or RGB, with alpha or without) as 8 bit sRGB RGBA: [pixels, bands] -> [pixels, 4]. */
export type ToRgba = (samples: Uint8Array | Uint16Array) => Uint8Array;

/** Converts samples of a space; levels of the samples are 255 or 65535. */
export function converter({ curves, toSrgb }: ColourSpace, bands: number, levels: number): ToRgba {
  const [red, green, blue] = curves.map((curve) =>
    Float64Array.from({ length: levels + 1 }, (_, i) => curve(i / levels)),
  ) as [Float64Array, Float64Array, Float64Array];
  const [[rr, rg, rb], [gr, gg, gb], [br, bg, bb]] = toSrgb;
  const isGrey = bands < 3;
  const alphaAt = bands % 2 === 0 ? bands - 1 : -1;
  return (samples) => {
    const out = new Uint8Array((samples.length / bands) * 4);
    for (let from = 0, to = 0; to < out.length; from += bands, to += 4) {
      const r = red[samples[from]!]!;
      const g = green[samples[isGrey ? from : from + 1]!]!;
      const b = blue[samples[isGrey ? from : from + 2]!]!;
      out[to] = srgbOf(rr * r + rg * g + rb * b);
      out[to + 1] = srgbOf(gr * r + gg * g + gb * b);
      out[to + 2] = srgbOf(br * r + bg * g + bb * b);
      out[to + 3] = alphaAt < 0 ? 255 : Math.round((255 * samples[from + alphaAt]!) / levels);
    }
    return out;
  };
}

const PROBE_STEPS = 9; // levels per channel
const ROUNDING = 1; // of 255: what two conversions of equal colours may differ by

/** Whether colours are those of sRGB: then samples pass untouched. */
export function isSrgb(space: ColourSpace): boolean {
  const cube = new Uint8Array(PROBE_STEPS ** 3 * 3);
  for (let i = 0; i < cube.length; i++) {
    const level = Math.floor(Math.floor(i / 3) / PROBE_STEPS ** (i % 3)) % PROBE_STEPS;
    cube[i] = Math.round((level * 255) / (PROBE_STEPS - 1));
  }
  const after = converter(space, 3, 255)(cube);
  return cube.every((value, i) => Math.abs(value - after[Math.floor(i / 3) * 4 + (i % 3)]!) <= ROUNDING);
}

/** X, Y, Z of linear RGB, a column for each primary, so that all three make the white (Lindbloom's construction). */
function xyzOf([red, green, blue, white]: Chromaticities): Matrix {
  const columns = transpose([whiteOf(red), whiteOf(green), whiteOf(blue)]);
  const scale = apply(invert(columns), whiteOf(white));
  return columns.map((row) => row.map((value, i) => value * scale[i]!)) as unknown as Matrix;
}

function whiteOf([x, y]: Point): Triple {
  return [x / y, 1, (1 - x - y) / y];
}

/** How colours look alike under another white. */
function adaptation(from: Triple, to: Triple): Matrix {
  const before = apply(BRADFORD, from);
  const after = apply(BRADFORD, to);
  const scaled = BRADFORD.map((row, i) => row.map((value) => (value * after[i]!) / before[i]!));
  return multiply(invert(BRADFORD), scaled as unknown as Matrix);
}

function apply(matrix: Matrix, [x, y, z]: Triple): Triple {
  return matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return transpose(transpose(b).map((column) => apply(a, column)) as unknown as Matrix);
}

function transpose([a, b, c]: Matrix): Matrix {
  return [
    [a[0], b[0], c[0]],
    [a[1], b[1], c[1]],
    [a[2], b[2], c[2]],
  ];
}

function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const cofactors: Matrix = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return cofactors.map((row) => row.map((value) => value / determinant)) as unknown as Matrix;
}
