import { crc32 } from 'node:zlib';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { completeInterlaced } from './interlaced.ts';
import { MAX_CLAIMED_BYTES } from './limits.ts';
import { broken, checkOpened, type Content, IN_PART, nothingLeft, type Opened, withOpened } from './open.ts';
import type { Orientation } from './orient.ts';
import { rowsInFile, rowsPerStrip, type TiffPage } from './tiff.ts';
import { isBreakdown } from './vips.ts';
import { completeWebp } from './webpPart.ts';

/** A damaged file as it can be read, and how far that goes. */
export interface Part {
  readonly content: Content;
  readonly intact: number; // rows from the top, as stored
}

/**
 * Finds out what of a damaged picture is there. One whose passes over all of it were cut off has all rows, only coarser.
 * @throws TesseraError 'input' where nothing is there
 */
export async function findPart(content: Content): Promise<Part> {
  if (!IN_PART.includes(content.format)) return { content, intact: Infinity };
  try {
    if (content.page) return await tiffPart(content, content.page);
    return { content: lenient(content), intact: await intactRows(content) };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const whole = await completed(content).catch((another: unknown) => {
      if (isDamage(another)) return null;
      throw another;
    });
    if (whole && whole.intact > 0) return whole;
    throw nothingLeft(content, error);
  }
}

/** Nothing is read beyond the intact rows, so no decoder has to find out where they end. */
function lenient(content: Content): Content {
  return { ...content, failOn: 'none' };
}

/** Whether the codec refused the file itself. */
export function isDamage(error: unknown): boolean {
  return error instanceof TesseraError && error.damaged === true;
}

const LOOK = 16; // rows at a time, as many as decoders give of JPEG

/** Strips of a TIFF may be missing, or damaged. */
async function tiffPart(content: Content, { directory, height }: TiffPage): Promise<Part> {
  const { rows, end } = rowsInFile(content.bytes, directory);
  if (rows === 0 || end - content.bytes.length > MAX_CLAIMED_BYTES) throw nothingLeft(content);
  if (rows < height)
    return { content: { ...lenient(content), bytes: lengthened(content.bytes, end) }, intact: rows };
  const step = rowsPerStrip(content.bytes, directory);
  return { content: lenient(content), intact: await intactRows({ ...content, access: 'sequential' }, step) };
}

function lengthened(bytes: Uint8Array, length: number): Uint8Array {
  if (length === bytes.length) return bytes;
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}

/**
 * How many rows there are, from the top.
 * @param step rows at a time
 * @throws TesseraError 'input' where there is none
 */
async function intactRows(content: Content, step = LOOK): Promise<number> {
  return withOpened(content, (opened) => {
    checkOpened(opened, content);
    const { width, height } = opened.source;
    if (content.format === 'jpeg' && opened.source.getTypeof('interlaced') !== 0) return height;
    let y = 0;
    try {
      for (; y < height; y += step) takeRows(opened, y, Math.min(step, height - y), width);
      return height;
    } catch (error) {
      if (y === 0 || isBreakdown(error)) throw broken(content, error);
      return content.format === 'jpeg' ? y - 1 : y; // colours of the last row are mixed with those of the next
    }
  });
}

function takeRows({ source, deadline }: Opened, y: number, height: number, width: number): Uint8Array {
  const strip = source.crop(0, y, width, height);
  try {
    const rows = deadline.run(() => strip.writeToMemory()) as Uint8Array; // WebP has 8 bits, and others are not looked at
    deadline.earn(width * height);
    return rows;
  } finally {
    strip.delete();
  }
}

/** A file whose decoder wants all of it, made whole; null where that cannot be done. */
async function completed(content: Content): Promise<Part | null> {
  if (content.format === 'webp') return completedWebp(content);
  const whole = content.format === 'png' ? completeInterlaced(content.bytes) : null;
  return whole && { content: { ...lenient(content), bytes: whole.bytes }, intact: whole.rows };
}

const REACH = 8; // rows over which lossy WebP smooths its blocks and mixes colours

/**
 * What comes out the same whatever the missing bytes are, is known. Their two extremes are tried: an arithmetic decoder
 * that decides one way for both decides so for all between.
 */
async function completedWebp(content: Content): Promise<Part | null> {
  const [low, high] = [0, 0xff].map((fill) => completeWebp(content.bytes, fill));
  if (!low || !high) return null;
  const whole = { ...lenient(content), bytes: low };
  const [one, other] = [await rowSums(whole), await rowSums({ ...whole, bytes: high })];
  const differing = one.findIndex((sum, y) => sum !== other[y]);
  return { content: whole, intact: differing < 0 ? one.length : Math.max(0, differing - REACH) };
}

/** A sum over every row: [height]. */
async function rowSums(content: Content): Promise<Uint32Array> {
  return withOpened(content, (opened) => {
    checkOpened(opened, content);
    const { width, height, bands } = opened.source;
    const sums = new Uint32Array(height);
    try {
      for (let top = 0; top < height; top += LOOK) {
        const count = Math.min(LOOK, height - top);
        const rows = takeRows(opened, top, count, width);
        for (let i = 0; i < count; i++) {
          sums[top + i] = crc32(rows.subarray(i * width * bands, (i + 1) * width * bands));
        }
      }
    } catch (error) {
      throw broken(content, error);
    }
    return sums;
  });
}

/** Where rows after the intact ones lie, px as seen; null where there are none. */
export function missingIn(
  { width, height }: { width: number; height: number },
  orientation: Orientation,
  intact: number,
): Rect | null {
  if (intact >= height) return null;
  const rest = height - intact;
  if (orientation < 5) return { x: 0, y: orientation < 3 ? intact : 0, width, height: rest };
  const isLeft = orientation === 6 || orientation === 7;
  return { x: isLeft ? 0 : intact, y: 0, width: rest, height: width };
}
