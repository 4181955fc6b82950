import type { Mask } from './masks/mask.ts';
import { mirroredIndices } from './crop.ts';
import type { Picture, Planes } from './picture.ts';
import { fullRect, type Rect, type Size } from '../base/geometry.ts';
import { resampleRows } from './resample.ts';

/** Colour shown to the model where nothing at all is known. */
const GREY = 0.5;

/** Planes and, for each of their pixels, how much of its footprint was visible, 0 to 1. */
export interface WeightedPlanes {
  readonly planes: Planes;
  readonly weights: Float32Array; // [height, width]
}

/**
 * A region of a picture as planar RGB in [0, 1] at another size. Pixels outside the picture are mirrored in. Colours
 * are averaged with their alpha as weight, so transparent pixels do not bleed; where all is transparent it is grey.
 */
export function toPlanes(picture: Picture, rect: Rect, size: Size): Planes {
  return toWeightedPlanes(picture, rect, size).planes;
}

/** {@link toPlanes}, leaving out what `hidden` (of the picture's size) covers: a fully hidden pixel adds to no mean. */
export function toWeightedPlanes(picture: Picture, rect: Rect, size: Size, hidden?: Mask): WeightedPlanes {
  const { x, y } = fullRect(picture);
  const columns = mirroredIndices(rect.x - x, rect.width, picture.width);
  const rows = mirroredIndices(rect.y - y, rect.height, picture.height);
  const area = size.width * size.height;
  const data = new Float32Array(3 * area);
  const weights = new Float32Array(area);
  resampleRows(
    rect,
    size,
    4,
    (y, row) => {
      const offset = rows[y]! * picture.width;
      readPremultiplied(picture.data, offset, columns, row);
      if (hidden) hideRow(hidden.data, offset, columns, row);
    },
    (y, row) => {
      writeStraight(row, data, weights, y * size.width);
    },
  );
  return { planes: { width: size.width, height: size.height, data }, weights };
}

function readPremultiplied(rgba: Uint8Array, offset: number, columns: Int32Array, row: Float32Array): void {
  for (let x = 0, t = 0; x < columns.length; x++, t += 4) {
    const s = (offset + columns[x]!) * 4;
    const alpha = rgba[s + 3]! / 255;
    row[t] = rgba[s]! * alpha;
    row[t + 1] = rgba[s + 1]! * alpha;
    row[t + 2] = rgba[s + 2]! * alpha;
    row[t + 3] = alpha;
  }
}

function hideRow(hidden: Uint8Array, offset: number, columns: Int32Array, row: Float32Array): void {
  for (let x = 0, t = 0; x < columns.length; x++, t += 4) {
    const value = hidden[offset + columns[x]!]!;
    if (value === 0) continue;
    const kept = 1 - value / 255;
    row[t]! *= kept;
    row[t + 1]! *= kept;
    row[t + 2]! *= kept;
    row[t + 3]! *= kept;
  }
}

function writeStraight(row: Float32Array, data: Float32Array, weights: Float32Array, offset: number): void {
  const area = weights.length;
  const width = row.length / 4;
  for (let x = 0, s = 0; x < width; x++, s += 4) {
    const i = offset + x;
    const weight = row[s + 3]!;
    weights[i] = weight;
    if (weight > 1e-4) {
      const scale = 1 / (255 * weight);
      data[i] = row[s]! * scale;
      data[area + i] = row[s + 1]! * scale;
      data[2 * area + i] = row[s + 2]! * scale;
    } else {
      data[i] = data[area + i] = data[2 * area + i] = GREY;
    }
  }
}

/** Planes in [0, 1] as an opaque picture of the same size; what overshoots is clipped. */
export function toPicture({ width, height, data }: Planes): Picture {
  const area = width * height;
  const rgba = new Uint8Array(area * 4);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < area; i++) rgba[4 * i + channel] = toByte(data[channel * area + i]!);
  }
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return { width, height, data: rgba };
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : Math.round(255 * value);
}
