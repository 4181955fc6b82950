import { TesseraError } from '../../core/base/errors.ts';
import type { Mask } from '../../core/pixels/masks/mask.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import { quoted } from './files/readBytes.ts';
import { readPicture } from './readPicture.ts';
import { writePicture } from './writePicture.ts';

/**
 * Reads a mask: any picture, white (or opaque) where pixels are to be refilled. Two ways of drawing one are common:
 * - black and white: the luminance counts; transparency hides what lies under it;
 * - one colour on a transparent layer: the alpha counts, whatever the colour is.
 * @param expected the size of the picture it belongs to
 * @throws TesseraError 'input' naming both sizes when they differ, and as readPicture does
 */
export async function readMask(path: string, expected: { width: number; height: number }): Promise<Mask> {
  const { picture } = await readPicture(path);
  const { width, height } = picture;
  if (width !== expected.width || height !== expected.height) {
    throw new TesseraError(
      'input',
      `The mask ${quoted(path)} is ${width} x ${height} px, but the picture is ${expected.width} x ${expected.height} px.`,
      'Draw the mask at the size of the picture.',
    );
  }
  return { width, height, data: maskValues(picture) };
}

/** Writes a mask as a grey picture, white where it selects, in the format that its path asks for or in the one given. */
export async function writeMask(path: string, mask: Mask, options: { format?: 'png' } = {}): Promise<void> {
  const data = new Uint8Array(mask.data.length * 4);
  for (let i = 0, to = 0; i < mask.data.length; i++, to += 4) {
    data[to] = data[to + 1] = data[to + 2] = mask.data[i]!;
    data[to + 3] = 255;
  }
  await writePicture(path, { width: mask.width, height: mask.height, data }, options);
}

/** [height * width], 0 to 255. */
function maskValues(picture: Picture): Uint8Array {
  const { data } = picture;
  const values = new Uint8Array(data.length / 4);
  if (isOneColourLayer(data)) {
    for (let i = 0, at = 3; i < values.length; i++, at += 4) values[i] = data[at]!;
  } else {
    for (let i = 0, at = 0; i < values.length; i++, at += 4) {
      values[i] = Math.round((luma(data, at) * data[at + 3]!) / 255);
    }
  }
  return values;
}

/** Rec. 709 luma; grey levels stay exactly what they are. */
function luma(rgba: Uint8Array, at: number): number {
  return 0.2126 * rgba[at]! + 0.7152 * rgba[at + 1]! + 0.0722 * rgba[at + 2]!;
}

/** Whether alpha varies while every pixel that can be seen has the same colour. */
function isOneColourLayer(rgba: Uint8Array): boolean {
  let first = -1; // offset of the first visible pixel
  let transparent = false;
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at + 3] !== 255) transparent = true;
    if (rgba[at + 3] === 0) continue;
    if (first < 0) first = at;
    else if (rgba[at] !== rgba[first] || rgba[at + 1] !== rgba[first + 1] || rgba[at + 2] !== rgba[first + 2])
      return false;
  }
  return transparent;
}
