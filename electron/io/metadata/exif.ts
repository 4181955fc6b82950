/** Tags of Exif 2.32 that stop being true when a picture has been turned upright, converted and edited. */
const ORIENTATION = 0x0112;
const EXIF_IFD = 0x8769;
const COLOUR_SPACE = 0xa001;
const PIXEL_WIDTH = 0xa002;
const PIXEL_HEIGHT = 0xa003;
const THUMBNAIL_AT = 0x0201;
const THUMBNAIL_LENGTH = 0x0202;

const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;

/**
 * The source's EXIF block made true for the picture that is written: upright, sRGB, its size, and no thumbnail, which
 * would still show what was removed. Everything else stays where it is, since maker notes point by offset.
 * @param exif a TIFF structure; not changed
 * @returns undefined when the block is malformed
 */
export function updateExif(
  exif: Uint8Array,
  size: { width: number; height: number },
): Uint8Array | undefined {
  const copy = new Uint8Array(exif); // slice() of a Buffer would share its memory
  try {
    const tiff = openTiff(copy);
    const first = tiff.view.getUint32(4, tiff.little);
    set(tiff, first, ORIENTATION, 1);
    const detail = get(tiff, first, EXIF_IFD);
    if (detail !== undefined) {
      set(tiff, detail, COLOUR_SPACE, 1); // sRGB
      set(tiff, detail, PIXEL_WIDTH, size.width);
      set(tiff, detail, PIXEL_HEIGHT, size.height);
    }
    return copy.subarray(0, dropThumbnail(tiff, first));
  } catch (error) {
    if (error instanceof RangeError) return undefined; // an offset that points outside
    throw error;
  }
}

interface Tiff {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
}

function openTiff(bytes: Uint8Array): Tiff {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  const little = order === 0x4949;
  if (!little && order !== 0x4d4d) throw new RangeError('no byte order');
  if (view.getUint16(2, little) !== 42) throw new RangeError('no TIFF structure');
  return { bytes, view, little };
}

/** Unlinks the second directory and blanks its picture. Returns the length of the block without a trailing thumbnail. */
function dropThumbnail(tiff: Tiff, first: number): number {
  const { bytes, view, little } = tiff;
  const link = first + 2 + view.getUint16(first, little) * ENTRY_BYTES;
  const second = link + 4 <= bytes.length ? view.getUint32(link, little) : 0;
  if (second === 0) return bytes.length;
  view.setUint32(link, 0, little);
  const at = get(tiff, second, THUMBNAIL_AT);
  const length = get(tiff, second, THUMBNAIL_LENGTH);
  if (at === undefined || length === undefined || at > bytes.length) return bytes.length;
  bytes.fill(0, at, at + length);
  return at + length >= bytes.length && at > link + 4 ? at : bytes.length;
}

function get(tiff: Tiff, directory: number, tag: number): number | undefined {
  const entry = find(tiff, directory, tag);
  if (entry === undefined) return undefined;
  const { view, little } = tiff;
  return view.getUint16(entry + 2, little) === SHORT
    ? view.getUint16(entry + 8, little)
    : view.getUint32(entry + 8, little);
}

/** Sets a tag that is there; an absent tag says nothing untrue. */
function set(tiff: Tiff, directory: number, tag: number, value: number): void {
  const entry = find(tiff, directory, tag);
  if (entry === undefined) return;
  const { view, little } = tiff;
  const type = view.getUint16(entry + 2, little);
  if (type === SHORT) view.setUint16(entry + 8, value, little);
  else if (type === LONG) view.setUint32(entry + 8, value, little);
}

function find({ view, little }: Tiff, directory: number, tag: number): number | undefined {
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + i * ENTRY_BYTES;
    if (view.getUint16(entry, little) === tag) return entry;
  }
  return undefined;
}
