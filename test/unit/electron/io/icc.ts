/** CIE xy of the primaries, red, green, blue. */
export type Primaries = readonly [
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
];

export const ADOBE_RGB: Primaries = [
  [0.64, 0.33],
  [0.21, 0.71],
  [0.15, 0.06],
];
export const DISPLAY_P3: Primaries = [
  [0.68, 0.32],
  [0.265, 0.69],
  [0.15, 0.06],
];
const SRGB: Primaries = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
];
const D65 = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];
const D50 = [0.9642, 1, 0.8249];
const BRADFORD = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

type Matrix = number[][];

/** Linear RGB of these primaries under D65 -> XYZ (Lindbloom's construction). */
function toXyz(primaries: Primaries): Matrix {
  const columns = primaries.map(([x, y]) => [x / y, 1, (1 - x - y) / y]);
  const plain = transpose(columns);
  const scale = apply(invert(plain), D65);
  return plain.map((row) => row.map((value, i) => value * scale[i]!));
}

/** 8 bit sRGB of linear light in other primaries, by the definition; out of gamut is clipped. */
export function linearToSrgb(linear: readonly number[], primaries: Primaries): number[] {
  const target = apply(invert(toXyz(SRGB)), apply(toXyz(primaries), linear));
  return target.map((v) => {
    const light = Math.min(1, Math.max(0, v));
    return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
  });
}

/** Light of an sRGB-encoded sample. */
export function srgbDecode(value: number): number {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

/** A matrix profile with a pure gamma, ICC version 2.4. */
export function matrixProfile(primaries: Primaries, gamma: number): Uint8Array {
  const cone = apply(BRADFORD, D65);
  const target = apply(BRADFORD, D50);
  const scale = cone.map((v, i) => [0, 1, 2].map((j) => (i === j ? target[i]! / v : 0)));
  const adapted = multiply(multiply(multiply(invert(BRADFORD), scale), BRADFORD), toXyz(primaries));
  const columns = transpose(adapted);
  const curve = [...text('curv'), ...u32(0), ...u32(1), ...u16(Math.round(gamma * 256)), 0, 0];
  const tags: [string, number[]][] = [
    ['desc', [...text('desc'), ...u32(0), ...u32(5), ...text('Test\0'), ...Array<number>(79).fill(0)]],
    ['cprt', [...text('text'), ...u32(0), ...text('CC0\0')]],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(columns[0]!)],
    ['gXYZ', xyz(columns[1]!)],
    ['bXYZ', xyz(columns[2]!)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table: number[] = [...u32(tags.length)];
  const body: number[] = [];
  for (const [name, content] of tags) {
    table.push(...text(name), ...u32(128 + 4 + tags.length * 12 + body.length), ...u32(content.length));
    body.push(...content, ...Array<number>((4 - (content.length % 4)) % 4).fill(0));
  }
  const header = Array<number>(128).fill(0);
  const put = (at: number, bytes: number[]) => header.splice(at, bytes.length, ...bytes);
  put(0, u32(128 + table.length + body.length));
  put(8, u32(0x02400000));
  put(12, text('mntrRGB XYZ '));
  put(36, text('acsp'));
  put(68, xyz(D50).slice(8));
  return Uint8Array.from([...header, ...table, ...body]);
}

const text = (s: string): number[] => Array.from(s, (c) => c.charCodeAt(0));
const u16 = (n: number): number[] => [(n >> 8) & 255, n & 255];
const u32 = (n: number): number[] => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const xyz = (v: number[]): number[] => [
  ...text('XYZ '),
  ...u32(0),
  ...v.flatMap((x) => u32(Math.round(x * 65536))),
];

function apply(m: Matrix, v: readonly number[]): number[] {
  return m.map((row) => row.reduce((sum, value, i) => sum + value * v[i]!, 0));
}

function transpose(m: Matrix): Matrix {
  return m[0]!.map((_, i) => m.map((row) => row[i]!));
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => row.reduce((sum, v, i) => sum + v * column[i]!, 0)));
}

/** By cofactors. */
function invert(m: Matrix): Matrix {
  const minor = (i: number, j: number) => {
    const [a, b] = [0, 1, 2].filter((k) => k !== i);
    const [c, d] = [0, 1, 2].filter((k) => k !== j);
    return (m[a!]![c!]! * m[b!]![d!]! - m[a!]![d!]! * m[b!]![c!]!) * ((i + j) % 2 ? -1 : 1);
  };
  const determinant = [0, 1, 2].reduce((sum, j) => sum + m[0]![j]! * minor(0, j), 0);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => minor(j, i) / determinant));
}
