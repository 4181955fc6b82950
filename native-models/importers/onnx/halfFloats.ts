const LARGEST = 65504;

/**
 * Numbers as IEEE 754 binary16, rounded to the nearest, ties to even; null where one is too large for it.
 */
export function halfFloats(values: Float32Array): Uint16Array | null {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i]!) <= LARGEST)) return null;
    halves[i] = halfOf(words[i]!);
  }
  return halves;
}

/** The bits of a float32 that a half can hold, as those of a half. */
function halfOf(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 255) - 112; // 127 to 15
  const fraction = word & 0x7fffff;
  if (exponent > 0) return sign | rounded((exponent << 23) | fraction, 13);
  // Below the smallest normal half the leading one is written out.
  if (exponent < -10) return sign;
  return sign | rounded(fraction | 0x800000, 14 - exponent);
}

/** A whole number without its lowest bits, rounded to the nearest, ties to even. */
function rounded(value: number, bits: number): number {
  const half = 2 ** (bits - 1);
  const kept = Math.floor(value / 2 ** bits);
  const rest = value - kept * 2 ** bits;
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept;
}
