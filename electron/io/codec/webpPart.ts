import { concat, viewOf } from '../metadata/blocks.ts';

/** Bytes that are added to a file at most, beside as many as it has times this. */
const MOST_ADDED = { bytes: 2 ** 24, times: 16 } as const;

/** Bytes beyond those that are missing: a decoder takes more of what means nothing, and fails where there is no more. */
const ROOM = 2 ** 20;

const HEADER = 12; // "RIFF", size, "WEBP"
const FLAGS = 8; // where they lie in the VP8X chunk
const HAS = { xmp: 0x04, exif: 0x08, animation: 0x02 } as const;

/**
 * A cut WebP with at least as much picture as it says, `fill` in place of what is missing, and without what came after
 * it. Null where the picture had not begun, or where it is an animation.
 */
export function completeWebp(file: Uint8Array, fill: number): Uint8Array | null {
  const view = viewOf(file);
  const chunks: Uint8Array[] = [];
  for (let at = HEADER; at + 8 < file.length;) {
    const type = String.fromCharCode(...file.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size & 1);
    const there = file.subarray(at, end);
    if (type === 'VP8 ' || type === 'VP8L') {
      const lacking = end - at - there.length;
      if (lacking === 0) return withHeader([...chunks, there]);
      if (lacking > Math.max(MOST_ADDED.bytes, MOST_ADDED.times * file.length)) return null;
      const picture = concat([there, new Uint8Array(lacking + ROOM + file.length).fill(fill)]);
      viewOf(picture).setUint32(4, (picture.length - 8) & ~1, true);
      return withHeader([...chunks, picture.subarray(0, picture.length & ~1)]);
    }
    if (end > file.length) return null;
    if (type === 'VP8X') {
      if ((there[FLAGS]! & HAS.animation) !== 0) return null;
      const plain = there.slice();
      plain[FLAGS]! &= ~(HAS.xmp | HAS.exif);
      chunks.push(plain);
    } else chunks.push(there);
    at = end;
  }
  return null;
}

function withHeader(chunks: readonly Uint8Array[]): Uint8Array {
  const out = concat([new TextEncoder().encode('RIFF....WEBP'), ...chunks]);
  viewOf(out).setUint32(4, out.length - 8, true);
  return out;
}
