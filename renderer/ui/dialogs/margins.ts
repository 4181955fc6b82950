import type { Margins } from '../../../core/base/geometry.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A shape to extend a picture to, by how wide it is for its height. */
export interface Shape {
  readonly label: string;
  readonly aspect: number;
}

export const SHAPES: readonly Shape[] = [
  { label: '1:1', aspect: 1 },
  { label: '4:3', aspect: 4 / 3 },
  { label: '3:2', aspect: 3 / 2 },
  { label: '16:9', aspect: 16 / 9 },
  { label: '2:3', aspect: 2 / 3 },
  { label: '9:16', aspect: 9 / 16 },
];

/** The least that has to be added to make a picture of a shape, shared out to opposite sides. */
export function marginsForShape({ width, height }: Size, aspect: number): Margins {
  return around(
    Math.max(0, Math.round(height * aspect) - width),
    Math.max(0, Math.round(width / aspect) - height),
  );
}

/** A share of each side, added so that the picture keeps its shape. */
export function marginsByShare({ width, height }: Size, share: number): Margins {
  return around(Math.round(width * share), Math.round(height * share));
}

function around(across: number, down: number): Margins {
  const left = Math.floor(across / 2);
  const top = Math.floor(down / 2);
  return { left, top, right: across - left, bottom: down - top };
}
