/** 7 bits leave headroom on CPUs without VNNI, where products of u8 and s8 saturate in pairs. */
const LARGEST = 63;

/** [out, in] as s8 [in, out] and the scale of each column. */
export function quantised(
  weight: Float32Array,
  out: number,
  from: number,
): { readonly integers: Int8Array; readonly scales: Float32Array } {
  const integers = new Int8Array(weight.length);
  const scales = new Float32Array(out);
  for (let row = 0; row < out; row++) {
    let largest = 1e-8 * LARGEST;
    for (let i = 0; i < from; i++) largest = Math.max(largest, Math.abs(weight[row * from + i]!));
    const scale = Math.fround(largest / LARGEST);
    scales[row] = scale;
    for (let i = 0; i < from; i++) {
      const rounded = Math.round(weight[row * from + i]! / scale);
      integers[i * out + row] = Math.max(-LARGEST, Math.min(LARGEST, rounded));
    }
  }
  return { integers, scales };
}
