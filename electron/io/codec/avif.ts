const P3_PRIMARIES = 12; // ITU-T H.273, table 2: SMPTE EG 432-1, the primaries of Display P3

/**
 * Whether an AVIF file says by numbers (a 'colr' box of type 'nclx') that it is Display P3. Cameras and phones embed
 * no ICC profile then, and the decoder hands over the samples as they are.
 */
export function isDisplayP3(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)); // 'meta' comes first
  const at = head.indexOf('colrnclx', 0, 'latin1');
  return at >= 0 && at + 10 <= head.length && head.readUInt16BE(at + 8) === P3_PRIMARIES;
}
