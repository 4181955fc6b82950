import { concat } from './blocks.ts';
import { blockOf, unlessMalformed } from './exif.ts';
import {
  directoryBytes,
  entriesOf,
  find,
  firstDirectory,
  linkOf,
  type NewTag,
  numberOf,
  openBlock,
  RATIONAL,
  SHORT,
  type TiffBlock,
  valuesOf,
  words,
} from './tiffBlock.ts';

/** How many pixels lie on an inch of paper. */
export interface Density {
  readonly x: number;
  readonly y: number;
}

const X = 0x011a;
const Y = 0x011b;
const UNIT = 0x0128;

const INCH = 2;
const CENTIMETRE = 3;
const CM_PER_INCH = 2.54;
const M_PER_INCH = 0.0254;

/** What an EXIF block says; null where it says nothing. */
export function densityOf(exif: Uint8Array): Density | null {
  const found = unlessMalformed(() => {
    const block = openBlock(exif);
    const first = firstDirectory(block);
    const unit = numberOf(block, first, UNIT) ?? INCH;
    const [x, y] = [rational(block, first, X), rational(block, first, Y)];
    if (x === null || y === null || (unit !== INCH && unit !== CENTIMETRE)) return null;
    const factor = unit === CENTIMETRE ? CM_PER_INCH : 1;
    return { x: x * factor, y: y * factor };
  });
  return found ?? null;
}

/** An EXIF block that says so, made of one that may say something else; others of its tags stay where they are. */
export function withDensity(exif: Uint8Array | undefined, density: Density): Uint8Array {
  const changed = exif && unlessMalformed(() => changedTo(exif, density));
  return changed ?? blockOf(true, { first: tagsFor(true, density) });
}

/** The first directory moves to the end, where it can have more tags than before. */
function changedTo(exif: Uint8Array, density: Density): Uint8Array {
  const known = densityOf(exif);
  if (known && near(known.x, density.x) && near(known.y, density.y)) return exif;
  const block = openBlock(exif);
  const first = firstDirectory(block);
  const others = entriesOf(block, first)
    .filter(({ tag }) => ![X, Y, UNIT].includes(tag))
    .map((entry): NewTag => ({ ...entry, values: valuesOf(block, entry) }));
  const link = block.view.getUint32(linkOf(block, first), block.little);
  const at = exif.length + (exif.length & 1);
  const directory = directoryBytes(block.little, at, [...others, ...tagsFor(block.little, density)], link);
  const out = concat([exif, new Uint8Array(at - exif.length), directory]);
  new DataView(out.buffer).setUint32(4, at, block.little);
  return out;
}

const FINE = 10_000; // parts of a pixel in a fraction

function tagsFor(little: boolean, { x, y }: Density): NewTag[] {
  const fraction = (value: number): Uint8Array => {
    const whole =
      Math.abs(value - Math.round(value)) < 0.005 ? [Math.round(value), 1] : [Math.round(value * FINE), FINE];
    return words(little, 4, whole);
  };
  return [
    { tag: X, type: RATIONAL, count: 1, values: fraction(x) },
    { tag: Y, type: RATIONAL, count: 1, values: fraction(y) },
    { tag: UNIT, type: SHORT, count: 1, values: words(little, 2, [INCH]) },
  ];
}

function rational(block: TiffBlock, directory: number, tag: number): number | null {
  const entry = find(block, directory, tag);
  if (entry?.type !== RATIONAL || entry.valueBytes < 8) return null;
  const over = block.view.getUint32(entry.valueAt + 4, block.little);
  const value = block.view.getUint32(entry.valueAt, block.little) / over;
  return value > 0 && Number.isFinite(value) ? value : null;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}

/** What the pHYs chunk of a PNG says (PNG, third edition, 11.3.4.3). */
export function densityOfPng(phys: DataView | undefined): Density | null {
  if (phys?.byteLength !== 9 || phys.getUint8(8) !== 1) return null;
  return positive({ x: phys.getUint32(0) * M_PER_INCH, y: phys.getUint32(4) * M_PER_INCH });
}

/** The content of a pHYs chunk. */
export function physOf({ x, y }: Density): Uint8Array {
  const perMetre = (value: number): number => Math.round(value / M_PER_INCH);
  return concat([words(false, 4, [perMetre(x), perMetre(y)]), Uint8Array.of(1)]);
}

const JFIF_AT = 4; // after the start and the segment's marker

/** What the JFIF segment of a JPEG says (JFIF 1.02). */
export function densityOfJpeg(jpeg: Uint8Array): Density | null {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.length);
  if (!isJfif(jpeg)) return null;
  const unit = jpeg[JFIF_AT + 9];
  const factor = unit === 1 ? 1 : unit === 2 ? CM_PER_INCH : null;
  if (factor === null) return null;
  return positive({ x: view.getUint16(JFIF_AT + 10) * factor, y: view.getUint16(JFIF_AT + 12) * factor });
}

/** A JFIF segment that says so, or that nothing is known. */
export function jfifOf(density: Density | null): Uint8Array {
  const whole = (value: number): number => Math.min(65_535, Math.max(1, Math.round(value)));
  const [x, y] = density ? [whole(density.x), whole(density.y)] : [1, 1];
  return concat([
    Uint8Array.of(0xff, 0xe0, 0, 16, ...JFIF, 1, 2, density ? 1 : 0),
    words(false, 2, [x, y]),
    Uint8Array.of(0, 0), // no thumbnail
  ]);
}

function isJfif(jpeg: Uint8Array): boolean {
  return (
    jpeg.length > 20 && jpeg[2] === 0xff && jpeg[3] === 0xe0 && Buffer.from(jpeg.subarray(6, 11)).equals(JFIF)
  );
}

const JFIF = Buffer.from('JFIF\0', 'latin1');

function positive(density: Density): Density | null {
  return density.x > 0 && density.y > 0 ? density : null;
}
