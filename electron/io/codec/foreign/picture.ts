/** A picture of a format that the codec does not know, as its header describes it. */
export interface ForeignPicture {
  readonly width: number; // px
  readonly height: number; // px
  readonly bands: number; // colours, and alpha
  readonly space: 'b-w' | 'grey16' | 'srgb' | 'rgb16' | 'cmyk'; // libvips interpretation
  readonly deep: boolean; // whether samples have 16 bits
  readonly bits: number; // per sample, in the file
  readonly icc?: Uint8Array;
  readonly exif?: Uint8Array; // a TIFF structure
  readonly xmp?: Uint8Array; // UTF-8 XML
  readonly iptc?: Uint8Array;
  /** All samples, from the top: [height, width, bands]. @throws Damaged where they are not all there */
  readonly decode: () => Samples;
}

export type Samples = Uint8Array | Uint16Array;

/** A file that does not hold what its header says. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

/** @throws Damaged where `holds` is false */
export function expectWhole(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Damaged(what);
}

/** Runs a reader: what it looks for beyond the end of the file is damage to the file. */
export function reading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError && !/allocation/i.test(error.message)) {
      throw new Damaged('beyond the end', { cause: error });
    }
    throw error;
  }
}

/** A sample of `bits` bits, as one of 8 or 16. */
export function scaledTo(levels: 255 | 65_535, bits: number): (sample: number) => number {
  const most = 2 ** bits - 1;
  return most === levels ? (sample) => sample : (sample) => Math.round((sample * levels) / most);
}
