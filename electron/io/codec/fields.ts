import { utf8 } from '../metadata/blocks.ts';
import { densityOfJpeg, densityOfPng, withDensity } from '../metadata/density.ts';
import { exifOfTiff } from '../metadata/exif.ts';
import { pngChunks } from '../metadata/pngChunks.ts';
import { carriedPacket } from '../metadata/xmp.ts';
import { carriedProperties, propertiesOfIptc } from '../metadata/xmpSource.ts';
import type { PictureFormat } from './sniff.ts';
import type { TiffPage } from './tiff.ts';
import type { VipsImage } from './vips.ts';

/** Blocks that writers carry over or that tell what was done. */
export interface PictureMetadata {
  readonly exif?: Uint8Array; // a TIFF structure, without the "Exif\0\0" prefix
  readonly xmp?: Uint8Array; // UTF-8 XML
}

/** A file that is read. */
interface FileRead {
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
  readonly page?: TiffPage;
}

/** The metadata of a file as its decoder has it, and as its own structure tells where that does not. */
export function readMetadata(source: VipsImage, content: FileRead): PictureMetadata {
  const exif = readExif(source, content);
  const plain = blobField(source, 'xmp-data');
  const iptc = blobField(source, 'iptc-data');
  const xmp = iptc ? withIptc(plain, iptc) : plain;
  return { ...(exif && { exif }), ...(xmp && { xmp }) };
}

/** With the density, wherever the format has it: so it goes where the EXIF goes. */
function readExif(source: VipsImage, { format, bytes, page }: FileRead): Uint8Array | undefined {
  if (format === 'tiff') return page && exifOfTiff(bytes, page.directory);
  const blob = blobField(source, 'exif-data');
  const exif = blob && withoutPrefix(blob);
  if (format !== 'png' && format !== 'jpeg') return exif;
  const density = format === 'png' ? densityOfPng(pngChunks(bytes).get('pHYs')) : densityOfJpeg(bytes);
  return density ? withDensity(exif, density) : exif;
}

/** XMP that says what IPTC says beside it; where both tell of one thing, XMP counts. */
function withIptc(xmp: Uint8Array | undefined, iptc: Uint8Array): Uint8Array | undefined {
  const carried = (xmp && carriedProperties(new TextDecoder().decode(xmp), true)) ?? [];
  const more = propertiesOfIptc(iptc).filter(({ name }) => carried.every((known) => known.name !== name));
  return more.length === 0 ? xmp : utf8(carriedPacket([...carried, ...more]));
}

/** JPEG stores "Exif\0\0" before the TIFF structure, PNG does not, and WebP files do either. */
function withoutPrefix(exif: Uint8Array): Uint8Array {
  return exif[0] === 0x45 && exif[1] === 0x78 ? exif.subarray(6) : exif;
}

export function intField(source: VipsImage, field: string): number | undefined {
  return source.getTypeof(field) === 0 ? undefined : source.getInt(field);
}

function blobField(source: VipsImage, field: string): Uint8Array | undefined {
  return source.getTypeof(field) === 0 ? undefined : source.getBlob(field).slice();
}
