const SIGNATURE = 8; // bytes
const MOST_CHUNKS = 1000; // before the pixels

/** The chunks of a PNG that come before its pixels; of two with one name the first counts. */
export function pngChunks(bytes: Uint8Array): ReadonlyMap<string, DataView> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, DataView>();
  for (let at = SIGNATURE, i = 0; at + 12 <= bytes.length && i < MOST_CHUNKS; i++) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IDAT' || at + 12 + length > bytes.length) break;
    if (!chunks.has(type)) chunks.set(type, new DataView(bytes.buffer, bytes.byteOffset + at + 8, length));
    at += 12 + length;
  }
  return chunks;
}
