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
