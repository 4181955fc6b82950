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

/**
 * Lays pixels of straight-alpha RGBA over others (Porter and Duff, Compositing Digital Images, 1984), `count` of them
 * from `at` on, into `below`: what is opaque above counts alone, and where nothing is above not a bit changes. Says
 * whether anything did.
 */
export function layOver(
  below: Uint8Array,
  at: number,
  above: Uint8Array,
  aboveAt: number,
  count: number,
): boolean {
  let changed = false;
  for (let i = at, j = aboveAt, end = at + 4 * count; i < end; i += 4, j += 4) {
    const a = above[j + 3]!;
    if (a === 0) continue;
    const rest = (below[i + 3]! * (255 - a)) / 255;
    const alpha = a + rest;
    for (let c = 0; c < 3; c++) {
      const value = Math.round((above[j + c]! * a + below[i + c]! * rest) / alpha);
      changed ||= below[i + c] !== value;
      below[i + c] = value;
    }
    changed ||= below[i + 3] !== Math.round(alpha);
    below[i + 3] = Math.round(alpha);
  }
  return changed;
}
