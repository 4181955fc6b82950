import type { Density } from './density.ts';

/** What is put into an encoded file beside its pixels. */
export interface Blocks {
  readonly exif?: Uint8Array; // a TIFF structure
  readonly xmp?: Uint8Array; // UTF-8 XML
  readonly description?: string; // one sentence, for formats with plain text blocks
  readonly software?: string;
  readonly density?: Density | null; // where the format has a place of its own for it; there is none unless given
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
