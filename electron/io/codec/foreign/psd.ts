import { TesseraError } from '../../../../core/base/errors.ts';
import { viewOf } from '../../metadata/blocks.ts';
import { withDensity } from '../../metadata/density.ts';
import { unpackBits } from './packBits.ts';
import { Damaged, expectWhole, type ForeignPicture, reading, type Samples } from './picture.ts';
import { resourcesOf, sectionsOf, type Sections } from './psdSections.ts';

/** What the header of a Photoshop file says (Adobe Photoshop File Formats Specification, 2019). */
interface Header {
  readonly isLarge: boolean; // PSB
  readonly channels: number;
  readonly width: number; // px
  readonly height: number; // px
  readonly depth: number; // bits per sample
  readonly mode: number;
}

const HEADER = 26; // bytes

/** Modes whose pictures can be read, with how many colours they have. */
const COLOURS: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 1, 3: 3, 4: 4, 8: 1 };
const BITMAP = 0;
const INDEXED = 2;
const CMYK = 4;

/**
 * Reads the header of a Photoshop file; its picture is the merged one.
 * @param name how messages call the file
 * @throws TesseraError 'input' where it has none, or one of samples that cannot be shown; Damaged
 */
export function readPsd(file: Uint8Array, name: string): ForeignPicture {
  return reading(() => {
    const header = headerOf(file);
    const { width, height, depth, mode, channels } = header;
    const colours = COLOURS[mode];
    if (colours === undefined || depth === 32) throw unreadable(name, depth === 32);
    expectWhole([1, 8, 16].includes(depth) && channels >= colours && channels <= 56, 'no such samples');
    const sections = sectionsOf(file, HEADER, header.isLarge);
    const { icc, exif, xmp, iptc, density, isMerged } = resourcesOf(sections.resources);
    if (!isMerged) throw unmerged(name);
    const hasAlpha = sections.hasAlpha && channels > colours && mode !== INDEXED && depth > 1;
    const full = density ? withDensity(exif, density) : exif;
    const deep = depth === 16;
    return {
      width,
      height,
      bands: mode === INDEXED ? 3 : colours + (hasAlpha ? 1 : 0),
      space: mode === CMYK ? 'cmyk' : mode === INDEXED || colours === 3 ? rgb(deep) : grey(deep),
      deep,
      bits: depth,
      ...(icc && { icc }),
      ...(full && { exif: full }),
      ...(xmp && { xmp }),
      ...(iptc && { iptc }),
      decode: () => reading(() => mergedSamples(sections, header, hasAlpha)),
    };
  });
}

const rgb = (deep: boolean) => (deep ? 'rgb16' : 'srgb');
const grey = (deep: boolean) => (deep ? 'grey16' : 'b-w');

function headerOf(file: Uint8Array): Header {
  const view = viewOf(file);
  const version = view.getUint16(4);
  expectWhole(version === 1 || version === 2, 'no such version');
  const [height, width] = [view.getUint32(14), view.getUint32(18)];
  expectWhole(width > 0 && height > 0, 'no picture');
  return {
    isLarge: version === 2,
    channels: view.getUint16(12),
    width,
    height,
    depth: view.getUint16(22),
    mode: view.getUint16(24),
  };
}

function unreadable(name: string, isDeep: boolean): TesseraError {
  return new TesseraError(
    'input',
    isDeep
      ? `${name} is a Photoshop file of 32 bits per channel, which cannot be shown.`
      : `${name} is a Photoshop file in Lab or spot colours, which cannot be shown.`,
    'Convert it to RGB with 8 or 16 bits in Photoshop.',
  );
}

function unmerged(name: string): TesseraError {
  return new TesseraError(
    'input',
    `${name} is a Photoshop file without a merged picture.`,
    'Save it in Photoshop with "Maximize compatibility", or export it as PNG or TIFF.',
  );
}

const PLAIN = 0;
const PACKED = 1;

/** The merged picture, its planes put together; inks say how much there is of them, as elsewhere. */
function mergedSamples(sections: Sections, header: Header, hasAlpha: boolean): Samples {
  const { width, height, depth, mode } = header;
  const planes = (COLOURS[mode] ?? 0) + (hasAlpha ? 1 : 0);
  const rows = rowReader(sections.picture, header);
  const out =
    depth === 16 ? new Uint16Array(width * height * planes) : new Uint8Array(width * height * planes);
  const row = new Uint8Array(Math.ceil((width * depth) / 8));
  const most = depth === 16 ? 65_535 : 255;
  for (let plane = 0; plane < planes; plane++) {
    const isInk = mode === BITMAP || (mode === CMYK && plane < 4); // 0 is all of it, and in a bitmap 1 is black
    for (let y = 0; y < height; y++) {
      rows(plane, y, row);
      for (let x = 0, to = y * width * planes + plane; x < width; x++, to += planes) {
        const sample = sampleAt(row, x, depth);
        out[to] = isInk ? most - sample : sample;
      }
    }
  }
  if (mode === INDEXED) return coloured(out, sections.palette);
  if (hasAlpha && mode !== CMYK) withoutMatte(out, planes, most);
  return out;
}

function sampleAt(row: Uint8Array, x: number, depth: number): number {
  if (depth === 8) return row[x]!;
  if (depth === 16) return (row[2 * x]! << 8) | row[2 * x + 1]!;
  return ((row[x >> 3]! >> (7 - (x & 7))) & 1) * 255;
}

/** Puts a row of a plane into a buffer. */
type RowReader = (plane: number, y: number, row: Uint8Array) => void;

/** @throws Damaged where the rows are not there */
function rowReader(data: Uint8Array, { isLarge, channels, width, height, depth }: Header): RowReader {
  const view = viewOf(data);
  const compression = view.getUint16(0);
  const bytes = Math.ceil((width * depth) / 8);
  if (compression === PLAIN) {
    expectWhole(2 + channels * height * bytes <= data.length, 'too short');
    return (plane, y, row) => {
      const at = 2 + (plane * height + y) * bytes;
      row.set(data.subarray(at, at + bytes));
    };
  }
  if (compression !== PACKED) throw new Damaged('an unknown compression');
  const unit = isLarge ? 4 : 2; // bytes of a row's length
  const count = channels * height;
  expectWhole(2 + count * (unit + 2) <= data.length, 'too short'); // no row has fewer than two bytes
  const places = new Float64Array(count + 1);
  places[0] = 2 + count * unit;
  for (let i = 0; i < count; i++) {
    const length = isLarge ? view.getUint32(2 + i * unit) : view.getUint16(2 + i * unit);
    places[i + 1] = places[i]! + length;
  }
  return (plane, y, row) => {
    const i = plane * height + y;
    unpackBits(data.subarray(places[i], places[i + 1]), row);
  };
}

function coloured(indices: Samples, palette: Uint8Array): Uint8Array {
  const out = new Uint8Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    for (let band = 0; band < 3; band++) out[3 * i + band] = palette[256 * band + indices[i]!] ?? 0;
  }
  return out;
}

/** Takes out the white that Photoshop mixes into merged colours where they are not opaque. */
function withoutMatte(samples: Samples, bands: number, most: number): void {
  for (let at = 0; at < samples.length; at += bands) {
    const alpha = samples[at + bands - 1]! / most;
    if (alpha === 0 || alpha === 1) continue;
    for (let i = at; i < at + bands - 1; i++) {
      samples[i] = Math.min(most, Math.max(0, Math.round((samples[i]! - (1 - alpha) * most) / alpha)));
    }
  }
}
