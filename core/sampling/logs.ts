const PARTS = 128; // of the mantissas from 1 to 2
const middles = Float64Array.from({ length: PARTS }, (_, i) => 1 + (i + 0.5) / PARTS);
const LOGS = middles.map(Math.log);
const INVERSES = middles.map((middle) => 1 / middle);

/**
 * Replaces values[from .. to), which are 0 or normal positive numbers, by their logarithms less `shift`, to the precision
 * of their type. `bits` is a view of the same memory. A table of mantissas and a short series (error below 1e-10): several
 * times as fast as Math.log.
 */
export function takeLogs(
  values: Float32Array,
  bits: Int32Array,
  from: number,
  to: number,
  shift: number,
): void {
  const logs = LOGS;
  const inverses = INVERSES;
  for (let i = from; i < to; i++) {
    const word = bits[i]!;
    const part = (word >> 16) & (PARTS - 1);
    const mantissa = 1 + (word & 0x7fffff) / 0x800000;
    const r = mantissa * inverses[part]! - 1; // |r| <= 1 / 256
    const log = ((word >> 23) - 127) * Math.LN2 + logs[part]! + r * (1 - r * (1 / 2 - r / 3));
    values[i] = word === 0 ? -Infinity : log - shift;
  }
}
