/** The zooms that keys and buttons stop at, screen px per document px. */
const STOPS: readonly number[] = [
  1 / 20,
  1 / 16,
  1 / 12,
  1 / 8,
  1 / 6,
  1 / 4,
  1 / 3,
  1 / 2,
  2 / 3,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
  12,
  16,
  24,
  32,
  48,
  64,
];

/** The next stop that is larger (`sign` 1) or smaller (-1) than a zoom; the zoom itself where there is none. */
export function nextZoom(zoom: number, sign: 1 | -1): number {
  const near = 1e-3; // a zoom that was rounded on its way counts as the stop that it is
  return sign > 0
    ? (STOPS.find((stop) => stop > zoom * (1 + near)) ?? zoom)
    : (STOPS.findLast((stop) => stop < zoom * (1 - near)) ?? zoom);
}
