import { TesseraError } from '../../core/base/errors.ts';
import type { Mask } from '../../core/pixels/masks/mask.ts';
import {
  type Label,
  maskContent,
  type LabelCount,
  type MaskMeaning,
} from '../../core/pixels/masks/meaning.ts';
import { type DecodedPicture, decodePicture } from './codec/decode.ts';
import { MAX_FILE_BYTES } from './codec/limits.ts';
import { pngChunks } from './metadata/pngChunks.ts';
import { quoted, readBytes } from './files/readBytes.ts';
import { writePicture } from './writePicture.ts';

/** A mask, and what its picture was taken for. */
export interface ReadMask {
  readonly mask: Mask;
  readonly meaning: MaskMeaning;
}

/** A picture of labels, of which one has to be chosen. */
export interface LabelsToChoose {
  readonly labels: readonly LabelCount[]; // the largest first; there is at least one
}

/** Masks of ours say so: their levels are meant as they are. */
const OURS = 'Tessera mask';

/** Of 255: what is less selected than this changes nothing that can be seen. */
const VISIBLE = 8;

const NAMED = 8; // labels in a message

/** How a mask is read. */
export interface MaskOptions {
  readonly label?: Label; // of a picture of labels, the one that counts
  readonly onMeaning?: (meaning: MaskMeaning) => void; // told what the picture was taken for
}

/**
 * Reads a mask of the size of its picture.
 * @throws TesseraError 'input' for a picture of labels, unless the options say which one counts, and as understandMask does
 */
export async function readMask(
  path: string,
  expected: { width: number; height: number },
  { label, onMeaning }: MaskOptions = {},
): Promise<Mask> {
  const read = await understandMask(path, expected, label);
  if ('labels' in read) {
    const labels = read.labels.slice(0, NAMED).map((each) => each.label);
    const more = read.labels.length > NAMED ? ' and more' : '';
    throw new TesseraError(
      'input',
      `The mask ${quoted(path)} is a picture of labels: ${labels.join(', ')}${more}.`,
      'Say which one is meant; on the command line with --mask-label.',
    );
  }
  onMeaning?.(read.meaning);
  return read.mask;
}

/**
 * Reads any picture as a mask, of the size of the one that it belongs to. See maskContent for what is understood.
 * @param expected the size of the picture it belongs to
 * @param label of a picture of labels, the one that counts
 * @throws TesseraError 'input' naming both sizes when they differ, where nothing is selected, and as readPicture does
 */
export async function understandMask(
  path: string,
  expected: { width: number; height: number },
  label?: Label,
): Promise<ReadMask | LabelsToChoose> {
  const name = quoted(path);
  const bytes = await readBytes(path, MAX_FILE_BYTES);
  const { picture } = await decodeMask(bytes, name);
  const { width, height, data } = picture;
  if (width !== expected.width || height !== expected.height) {
    throw new TesseraError(
      'input',
      `The mask ${name} is ${width} x ${height} px, but the picture is ${expected.width} x ${expected.height} px.`,
      'Draw the mask at the size of the picture.',
    );
  }
  if (isOurs(bytes)) {
    const values = new Uint8Array(width * height);
    for (let i = 0; i < values.length; i++) values[i] = data[4 * i]!;
    return { mask: { width, height, data: values }, meaning: { kind: 'levels' } };
  }
  const content = maskContent(picture, label);
  if (content.kind === 'labels') return { labels: content.labels };
  refuseInvisible(content.values, name, content.meaning);
  return { mask: { width, height, data: content.values }, meaning: content.meaning };
}

/** Numbers of 16 bits may be so small that nothing of them is left in 8. */
async function decodeMask(bytes: Uint8Array, name: string): Promise<DecodedPicture> {
  const read = await decodePicture(bytes, name);
  if (read.info.sourceBitDepth !== 16 || read.picture.data.some((v, i) => i % 4 !== 3 && v > 0)) return read;
  return decodePicture(bytes, name, { dim: true });
}

function refuseInvisible(values: Uint8Array, name: string, meaning: MaskMeaning): void {
  let strongest = 0;
  for (const value of values) if (value > strongest) strongest = value;
  if (strongest >= VISIBLE) return;
  if (meaning.kind === 'label') {
    throw new TesseraError(
      'input',
      `Nothing in ${name} has the label ${meaning.label}.`,
      'Choose another label.',
    );
  }
  throw new TesseraError(
    'input',
    strongest === 0
      ? `The mask ${name} selects nothing.`
      : `The mask ${name} is almost black: its brightest value is ${strongest} of 255, which would change nothing visible.`,
    'Paint white what is to be refilled.',
  );
}

function isOurs(bytes: Uint8Array): boolean {
  const text = pngChunks(bytes).get('iTXt');
  if (!text) return false;
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength).includes(OURS);
}

/** Writes a mask as a grey picture, white where it selects, in the format that its path asks for or in the one given. */
export async function writeMask(path: string, mask: Mask, options: { format?: 'png' } = {}): Promise<void> {
  const data = new Uint8Array(mask.data.length * 4);
  for (let i = 0, to = 0; i < mask.data.length; i++, to += 4) {
    data[to] = data[to + 1] = data[to + 2] = mask.data[i]!;
    data[to + 3] = 255;
  }
  await writePicture(path, { width: mask.width, height: mask.height, data }, { ...options, software: OURS });
}
