/**
 * Writes the mixture of two RGBA pixels, `weight` / 255 of the second, into `out`; all three begin at byte `i`. Colours
 * count as much as they are opaque, so nothing of what lies under transparency comes through. Weight 255 gives the
 * bytes of the second pixel.
 */
export function mixPixel(out: Uint8Array, from: Uint8Array, to: Uint8Array, i: number, weight: number): void {
  if (weight === 255) {
    for (let c = i; c < i + 4; c++) out[c] = to[c]!;
    return;
  }
  const first = from[i + 3]! * (255 - weight);
  const second = to[i + 3]! * weight;
  const total = first + second;
  if (total === 0) return;
  for (let c = i; c < i + 3; c++) out[c] = Math.round((from[c]! * first + to[c]! * second) / total);
  out[i + 3] = Math.round(total / 255);
}
