import { TesseraError } from '../../base/errors.ts';
import type { Mask } from './mask.ts';

/** What either selects. */
export function add(a: Mask, b: Mask): Mask {
  const data = paired(a, b);
  for (let i = 0; i < data.length; i++) data[i] = Math.max(a.data[i]!, b.data[i]!);
  return { width: a.width, height: a.height, data };
}

/** What `a` selects and `b` does not. */
export function subtract(a: Mask, b: Mask): Mask {
  const data = paired(a, b);
  for (let i = 0; i < data.length; i++) data[i] = Math.min(a.data[i]!, 255 - b.data[i]!);
  return { width: a.width, height: a.height, data };
}

/** What both select. */
export function intersect(a: Mask, b: Mask): Mask {
  const data = paired(a, b);
  for (let i = 0; i < data.length; i++) data[i] = Math.min(a.data[i]!, b.data[i]!);
  return { width: a.width, height: a.height, data };
}

/** What it does not select. */
export function invert(mask: Mask): Mask {
  return { width: mask.width, height: mask.height, data: mask.data.map((value) => 255 - value) };
}

function paired(a: Mask, b: Mask): Uint8Array {
  if (a.width !== b.width || a.height !== b.height) {
    throw new TesseraError(
      'input',
      `A selection of ${b.width} x ${b.height} px does not fit one of ${a.width} x ${a.height} px.`,
      'Use selections of the same picture.',
    );
  }
  return new Uint8Array(a.data.length);
}
