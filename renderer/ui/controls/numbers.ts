export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A typed number inside its range and on its step; null where it is none. A comma counts as a point. */
export function parseNumber(text: string, range: Range): number | null {
  const number = Number.parseFloat(text.trim().replace(',', '.'));
  return Number.isFinite(number) ? snap(number, range) : null;
}

/** Whether a typed number can be taken as it is. */
export function isInside(text: string, { min, max }: Range): boolean {
  const number = Number.parseFloat(text.trim().replace(',', '.'));
  return number >= min && number <= max;
}

/** `count` steps on from a value. */
export function stepFrom(value: number, count: number, range: Range): number {
  return snap(value + count * range.step, range);
}

/** With as many decimals as the step has. */
export function showNumber(value: number, step: number): string {
  return value.toFixed(decimals(step));
}

/** Where a value stands on a slider, 0 .. 1: evenly, or by its logarithm, so that small brushes can be told apart. */
export function toPosition(value: number, { min, max }: Range, logarithmic: boolean): number {
  return logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
}

export function fromPosition(position: number, range: Range, logarithmic: boolean): number {
  const { min, max } = range;
  return snap(logarithmic ? min * (max / min) ** position : min + position * (max - min), range);
}

function snap(value: number, { min, max, step }: Range): number {
  const stepped = Math.round(value / step) * step;
  return Number(Math.min(max, Math.max(min, stepped)).toFixed(decimals(step)));
}

function decimals(step: number): number {
  return Number.isInteger(step) ? 0 : String(step).split('.')[1]!.length;
}
