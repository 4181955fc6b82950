/** RGBA bytes with each colour scaled by its alpha, 0 .. 255, so that what is transparent bleeds into nothing. */
export function premultiply(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 4) {
    const alpha = bytes[i + 3]!;
    const share = alpha / 255;
    values[i] = bytes[i]! * share;
    values[i + 1] = bytes[i + 1]! * share;
    values[i + 2] = bytes[i + 2]! * share;
    values[i + 3] = alpha;
  }
  return values;
}

/** Writes one resampled pixel as bytes: of 4 channels premultiplied ones, of 1 channel as it is. What overshoots is clipped. */
export function settlePixel(
  values: Float32Array,
  i: number,
  out: Uint8Array,
  at: number,
  channels: number,
  coverage = 1,
): void {
  if (channels === 1) {
    out[at] = toByte(values[i]! * coverage);
    return;
  }
  const alpha = values[i + 3]!;
  const opacity = toByte(alpha * coverage);
  if (opacity === 0) return;
  const scale = 255 / alpha;
  out[at] = toByte(values[i]! * scale);
  out[at + 1] = toByte(values[i + 1]! * scale);
  out[at + 2] = toByte(values[i + 2]! * scale);
  out[at + 3] = opacity;
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}
