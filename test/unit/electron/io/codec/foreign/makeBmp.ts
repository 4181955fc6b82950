/** What a BMP file is made of. */
interface BmpParts {
  readonly width: number; // px
  readonly height: number; // px; negative where the top row comes first
  readonly bits: number; // per px
  readonly pixels: readonly number[]; // bytes, as they lie in the file
  readonly compression?: number;
  readonly masks?: readonly number[];
  readonly palette?: readonly (readonly [red: number, green: number, blue: number])[];
  readonly icc?: Uint8Array; // makes it one of version 5
}

/** A BMP file with a header of 40 bytes, or of 124 with a profile. */
export function makeBmp({
  width,
  height,
  bits,
  pixels,
  compression = 0,
  masks = [],
  palette = [],
  icc,
}: BmpParts): Uint8Array {
  const header = icc ? 124 : 40;
  const colours = palette.flatMap(([red, green, blue]) => [blue, green, red, 0]);
  const pixelsAt = 14 + header + (icc ? 0 : masks.length * 4) + colours.length;
  const file = Buffer.alloc(pixelsAt + pixels.length + (icc?.length ?? 0));
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(pixelsAt, 10);
  file.writeUInt32LE(header, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  file.writeUInt32LE(palette.length, 46);
  for (const [i, mask] of masks.entries()) file.writeUInt32LE(mask, 54 + 4 * i);
  file.set(colours, pixelsAt - colours.length);
  file.set(pixels, pixelsAt);
  if (icc) {
    file.write('DEBM', 70, 'latin1');
    file.writeUInt32LE(pixelsAt + pixels.length - 14, 126);
    file.writeUInt32LE(icc.length, 130);
    file.set(icc, pixelsAt + pixels.length);
  }
  return new Uint8Array(file);
}
