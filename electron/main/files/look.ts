import { nativeImage } from 'electron';
import type { Look } from '../../../core/contract/mainApi.ts';

const QUALITY = 80; // of JPEG
const PAPER = 255; // what shows through where a picture is transparent

/** The address of a small picture, as data: a JPEG of some KB. */
export function lookAddress({ width, height, data }: Look): string {
  const bitmap = Buffer.alloc(data.length); // BGRA
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]! / 255;
    for (let i = 0; i < 3; i++) bitmap[at + i] = PAPER + (data[at + 2 - i]! - PAPER) * alpha;
    bitmap[at + 3] = 255;
  }
  const jpeg = nativeImage.createFromBitmap(bitmap, { width, height }).toJPEG(QUALITY);
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
