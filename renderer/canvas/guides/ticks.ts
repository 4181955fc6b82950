const LEAST = 56; // CSS px between numbers

/** Round numbers: 1, 2 and 5 times the powers of ten. */
export function tickStep(zoom: number): number {
  const least = LEAST / zoom; // document px
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((times) => times * power >= least)!;
  return Math.max(1, factor * power);
}

/** The multiples of `step` from `from` to `to`, and the next ones outside. */
export function ticks(from: number, to: number, step: number): number[] {
  const first = Math.floor(from / step);
  const last = Math.ceil(to / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
