/**
 * Viridis (Smith and van der Walt, matplotlib, CC0) at ten places: lightness rises evenly, also for those who see fewer
 * colours, and neither end is lost on a light or a dark page.
 */
const VIRIDIS = [
  0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725,
] as const;

/** The colour of a share of a heat map's scale (0 .. 1), '#rrggbb'. */
export function heatColour(share: number): string {
  return `#${mixed(share).toString(16).padStart(6, '0')}`;
}

/** The colours of `count` shares from 0 to 1, 0xrrggbb each. */
export function heatScale(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => mixed(i / (count - 1)));
}

function mixed(share: number): number {
  const place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const below = Math.min(VIRIDIS.length - 2, Math.floor(place));
  const [from, to] = [VIRIDIS[below]!, VIRIDIS[below + 1]!];
  const channel = (shift: number): number => {
    const [a, b] = [(from >> shift) & 0xff, (to >> shift) & 0xff];
    return Math.round(a + (b - a) * (place - below)) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}
