import { decimalText } from '../../state/texts.svelte.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A typed number, or a sum of two such as 2*50, inside its range and on its step; null where it is none. A comma counts as a point. */
export function parseNumber(text: string, range: Range): number | null {
  const number = valueOf(text);
  return Number.isFinite(number) ? snap(number, range) : null;
}

/** Whether a typed number can be taken as it is. */
export function isInside(text: string, { min, max }: Range): boolean {
  const number = valueOf(text);
  return number >= min && number <= max;
}

function valueOf(text: string): number {
  const plain = text.trim().replaceAll(',', '.');
  const [, left, sign, right] = /^([\d.]+)\s*([*/+-])\s*([\d.]+)$/.exec(plain) ?? [];
  if (left === undefined || right === undefined) return Number.parseFloat(plain);
  const [a, b] = [Number.parseFloat(left), Number.parseFloat(right)];
  if (sign === '*') return a * b;
  if (sign === '/') return a / b;
  return sign === '+' ? a + b : a - b;
}

/** `count` steps on from a value. */
export function stepFrom(value: number, count: number, range: Range): number {
  return snap(value + count * range.step, range);
}

/** With as many decimals as the step has. */
export function showNumber(value: number, step: number): string {
  return decimalText(value, decimals(step));
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
