import { TesseraError } from '../../../../core/base/errors.ts';
import { viewOf } from '../../metadata/blocks.ts';
import { type BoxInfo, boxInfo } from './jp2Boxes.ts';
import type { DecodeJpeg2000 } from './openJpeg.ts';
import { expectWhole, type ForeignPicture, reading, type Samples, scaledTo } from './picture.ts';

/** What the marker SIZ at the beginning of a codestream says (ISO/IEC 15444-1, A.5.1). */
interface Codestream {
  readonly width: number; // px
  readonly height: number; // px
  readonly isShifted: boolean; // whether its pixels begin beside the origin
  readonly bits: number; // of the deepest component
  readonly isSigned: boolean;
  readonly steps: readonly (readonly [x: number, y: number])[]; // px of a sample, by component
}

const SIZ = 0xff51;
const SYCC = 18; // of colour spaces with a number
const CMYK = 12;
const BARE = 0xff4f; // a codestream without boxes

/**
 * Reads the header of a JPEG 2000 file.
 * @param name how messages call the file
 * @throws TesseraError 'input' for what its decoder gives wrongly or not at all; Damaged
 */
export function readJp2(file: Uint8Array, name: string, decode: DecodeJpeg2000): ForeignPicture {
  return reading(() => {
    const isBare = viewOf(file).getUint16(0) === BARE;
    const info = isBare ? NO_BOXES : boxInfo(file);
    const stream = codestreamOf(isBare ? file : info.codestream);
    const { width, height } = stream;
    const bands = info.palette?.columns ?? stream.steps.length;
    const bits = info.palette?.bits ?? stream.bits;
    const odd = oddity(stream, info, bands, bits);
    if (odd) throw unreadable(name, odd);
    const deep = bits > 8;
    const { icc, exif, xmp } = info;
    return {
      width,
      height,
      bands,
      space: bands === 3 ? 'srgb' : deep ? 'grey16' : 'b-w',
      deep,
      bits,
      ...(icc && { icc }),
      ...(exif && { exif }),
      ...(xmp && { xmp }),
      decode: () => samplesOf(decode(file, width * height * bands * (deep ? 2 : 1)), bits),
    };
  });
}

const NO_BOXES: Omit<BoxInfo, 'codestream'> & { readonly codestream: Uint8Array } = {
  codestream: new Uint8Array(),
  colourSpace: null,
  palette: null,
  hasAlpha: false,
};

function codestreamOf(bytes: Uint8Array): Codestream {
  const view = viewOf(bytes);
  expectWhole(view.getUint16(0) === BARE && view.getUint16(2) === SIZ, 'no codestream');
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => view.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ];
  const count = view.getUint16(40);
  expectWhole(right > left && bottom > top && count > 0, 'no picture');
  const depths = Array.from({ length: count }, (_, i) => view.getUint8(42 + 3 * i));
  return {
    width: right - left,
    height: bottom - top,
    isShifted: left > 0 || top > 0,
    bits: Math.max(...depths.map((depth) => (depth & 0x7f) + 1)),
    isSigned: depths.some((depth) => depth > 0x7f),
    steps: depths.map((_, i) => [view.getUint8(43 + 3 * i), view.getUint8(44 + 3 * i)]),
  };
}

/** What of a picture its decoder gives wrongly, or not at all. */
type Oddity = 'alpha' | 'inks' | 'deep' | 'layout';

function oddity(
  { steps, isShifted, isSigned }: Codestream,
  info: BoxInfo,
  bands: number,
  bits: number,
): Oddity | null {
  if (info.hasAlpha || bands === 2) return 'alpha';
  if (info.colourSpace === CMYK || bands > 3) return 'inks';
  if (bits > 16 || (bands === 3 && bits > 8)) return 'deep';
  const [first, ...others] = steps.map(([x, y]) => `${x} ${y}`);
  const isCoarser = others.some((step) => step !== first);
  const isKnown = !isCoarser || (info.colourSpace === SYCC && isHalved(steps));
  return isShifted || isSigned || first !== '1 1' || !isKnown ? 'layout' : null;
}

/** Colours with half as many samples as there is brightness, across or both ways. */
function isHalved(steps: Codestream['steps']): boolean {
  const [, blue, red] = steps.map(([x, y]) => `${x} ${y}`);
  return steps.length === 3 && blue === red && (blue === '2 1' || blue === '2 2');
}

function unreadable(name: string, odd: Oddity): TesseraError {
  return new TesseraError('input', sentenceFor(odd, name), 'Save it as PNG or TIFF in another program.');
}

function sentenceFor(odd: Oddity, name: string): string {
  switch (odd) {
    case 'alpha':
      return `${name} is a JPEG 2000 picture with transparency, which cannot be opened.`;
    case 'inks':
      return `${name} is a JPEG 2000 picture of more than three colours, which cannot be opened.`;
    case 'deep':
      return `${name} is a JPEG 2000 picture of more than 8 bits per colour, which cannot be opened.`;
    case 'layout':
      return `${name} is a JPEG 2000 picture of an uncommon layout, which cannot be opened.`;
  }
}

/** In the first of as many bits as it takes. */
function samplesOf(bytes: Uint8Array, bits: number): Samples {
  if (bits === 8) return bytes;
  if (bits < 8) return bytes.map(scaledTo(255, bits));
  const deep = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return bits === 16 ? deep : deep.map(scaledTo(65_535, bits));
}
