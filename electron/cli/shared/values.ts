import { TesseraError } from '../../../core/base/errors.ts';

/** Turns the text after an option into its value, or throws a usage error that names the option. */
export type Parse<T> = (text: string) => T;

/** A whole number from `min` to `max`. */
export function wholeNumber(option: string, min: number, max: number): Parse<number> {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new TesseraError(
      'usage',
      `${option} takes a whole number ${range(min, max)}, and "${text}" is not one.`,
    );
  };
}

/** A decimal number from `min` to `max`; `above` leaves `min` itself out. */
export function decimal(option: string, min: number, max: number, above = false): Parse<number> {
  return (text) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max && !(above && value === min)) return value;
    const bounds = above ? `above ${min} and up to ${max}` : range(min, max);
    throw new TesseraError('usage', `${option} takes a number ${bounds}, and "${text}" is not one.`);
  };
}

/** One of a few words. */
export function oneOf<T extends string>(option: string, choices: readonly T[]): Parse<T> {
  return (text) => {
    const choice = choices.find((known) => known === text);
    if (choice !== undefined) return choice;
    throw new TesseraError(
      'usage',
      `${option} takes one of ${choices.join(', ')}, and "${text}" is none of them.`,
    );
  };
}

/** A label of a mask: a number, or a colour. */
export function label(option: string): Parse<number | string> {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) <= 255) return Number(text);
    if (/^#[0-9a-f]{6}$/i.test(text)) return text.toLowerCase();
    throw new TesseraError(
      'usage',
      `${option} takes a number from 0 to 255 or a colour such as #ff0000, and "${text}" is neither.`,
    );
  };
}

/** A path or a name. `--out --seed 3` has forgotten it, so that the next option would be taken for it. */
export function text(option: string): Parse<string> {
  return (given) => {
    if (given !== '' && !given.startsWith('--')) return given;
    const what = given === '' ? 'nothing' : `the option ${given}`;
    throw new TesseraError('usage', `${option} takes a value, and ${what} follows it.`);
  };
}

const range = (min: number, max: number) => `from ${min} to ${max}`;
