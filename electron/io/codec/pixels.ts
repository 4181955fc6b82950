import { TesseraError } from '../../../core/base/errors.ts';
import { intField } from './fields.ts';
import { decodeHeic } from './foreign/heic.ts';
import { Damaged, type ForeignPicture, type Samples } from './foreign/picture.ts';
import type { PictureFormat } from './sniff.ts';
import type { Codec, Scope, VipsImage } from './vips.ts';

const ICC = 'icc-profile-data';

/** An image that has the size and the fields of a picture, and no pixels yet. */
export function headerImage(codec: Codec, picture: ForeignPicture): VipsImage {
  const { width, height, bands, deep, space, bits } = picture;
  const black = codec.Image.black(width, height, { bands });
  const cast = deep ? black.cast('ushort') : black.cast('uchar');
  const image = cast.copy({ interpretation: space });
  for (const handle of [cast, black]) handle.delete();
  image.setInt('bits-per-sample', bits);
  const { icc, exif, xmp, iptc } = picture;
  const blobs = { [ICC]: icc, 'exif-data': exif, 'xmp-data': xmp, 'iptc-data': iptc };
  for (const [field, blob] of Object.entries(blobs)) if (blob) image.setBlob(field, blob);
  return image;
}

/** A file that is read. */
interface FileRead {
  readonly name: string; // how messages call it
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
  readonly index: number | null; // of the picture, from 0; null is the main one
}

/**
 * The image of a header with its pixels: itself where the codec decodes them.
 * @throws TesseraError 'input' for what nobody here decodes; Damaged
 */
export function pixelsOf(
  codec: Codec,
  scope: Scope,
  header: VipsImage,
  file: FileRead,
  foreign: ForeignPicture | null,
): VipsImage {
  if (foreign) return withSamples(codec, scope, header, decoded(file.name, foreign.decode));
  if (file.format !== 'heic') return header;
  const coding = header.getString('heif-compression');
  if (coding === 'av1') return header;
  if (coding !== 'hevc') throw uncommonCoding(file.name, coding);
  const { width, height, bands } = header;
  const index = file.index ?? intField(header, 'heif-primary') ?? 0;
  const wanted = { index, width, height, bands, deep: header.format === 'ushort' };
  return withSamples(
    codec,
    scope,
    header,
    decoded(file.name, () => decodeHeic(file.bytes, wanted)),
  );
}

/** What a decoder gives that has a memory of its own; where it breaks down, that goes with it. */
function decoded(name: string, decode: () => Samples): Samples {
  try {
    return decode();
  } catch (error) {
    if (error instanceof Damaged || error instanceof TesseraError || error instanceof RangeError) throw error;
    throw new TesseraError(
      'limit',
      `${name} is damaged, or it needs more memory than there is.`,
      'Close other programs, or save the picture anew in another one.',
      { cause: error },
    );
  }
}

function withSamples(codec: Codec, scope: Scope, header: VipsImage, samples: Samples): VipsImage {
  const { width, height, bands, interpretation } = header;
  const format = samples instanceof Uint16Array ? codec.BandFormat.ushort : codec.BandFormat.uchar;
  const plain = scope.hold(codec.Image.newFromMemory(samples, width, height, bands, format));
  const image = scope.hold(plain.copy({ interpretation }));
  if (header.getTypeof(ICC) !== 0) image.setBlob(ICC, header.getBlob(ICC));
  return image;
}

function uncommonCoding(name: string, coding: string): TesseraError {
  return new TesseraError(
    'input',
    `${name} is a HEIF picture in a coding that cannot be opened: ${coding}.`,
    'Save it as JPEG or PNG in another program.',
  );
}
