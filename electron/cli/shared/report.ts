import type { ErrorShape } from '../../../core/base/errors.ts';

/** An error of the report, and which input it concerns where there are several. */
export interface ReportError extends ErrorShape {
  readonly input?: string;
}

/** What `--json` prints: these fields for every command, and the command's own beside them. */
export interface Report {
  readonly tessera: string; // version
  readonly command: string;
  readonly ok: boolean;
  readonly exitCode: number;
  readonly messages: readonly string[]; // what a user may want to know
  readonly errors: readonly ReportError[];
  readonly [field: string]: unknown;
}

/** The fields that a command adds to the report. */
export type ReportFields = Readonly<Record<string, unknown>>;

/** Exit codes, for scripts: 0 all went well. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The worst of what happened: a stop outranks a wrong command line, which outranks a failure. */
export function exitCodeOf(errors: readonly ErrorShape[]): number {
  if (errors.some(({ code }) => code === 'aborted')) return EXIT.interrupted;
  if (errors.some(({ code }) => code === 'usage')) return EXIT.usage;
  return errors.length > 0 ? EXIT.failed : EXIT.ok;
}

/** Rounds milliseconds to what a clock can tell, in every field of a timing record. */
export function roundTimings<T extends Readonly<Record<string, number>>>(timings: T): T {
  const rounded = Object.entries(timings).map(([phase, ms]) => [phase, Math.round(ms * 10) / 10] as const);
  return Object.fromEntries(rounded) as T;
}
