import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

/** Wall times of the same thing done several times, in milliseconds. */
export interface Times {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly runs: number;
}

/** Summarises samples (ms). */
export function summarise(samples: readonly number[]): Times {
  const sorted = [...samples].sort((a, b) => a - b);
  const [min = NaN] = sorted;
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { min: round(min), median: round(median), max: round(sorted.at(-1) ?? NaN), runs: sorted.length };
}

/** The value that a share (0 .. 1) of the samples does not exceed. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Runs `work` once to warm up and `runs` times on the clock. */
export async function measure(runs: number, work: () => Promise<void> | void): Promise<Times> {
  await work();
  const samples: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    await work();
    samples.push(performance.now() - started);
  }
  return summarise(samples);
}

/** Rounds to three significant places after which noise begins. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** A row of a bench: named cells, all rows alike. */
export type Row = Readonly<Record<string, string | number>>;

/** What every bench takes: how often to repeat, which package, where the JSON goes. */
export function benchOptions(args: readonly string[]): { runs: number; package?: string; out?: string } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '5' },
      package: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { runs, ...rest } = values;
  return { runs: Math.max(1, Number(runs)), ...rest };
}

/**
 * Prints a table on stderr and the same as JSON, with the machine and the day, on stdout or into a file. A note says what
 * the figures depend on besides.
 */
export function report(bench: string, rows: readonly Row[], out?: string, note?: string): void {
  printTable(rows);
  if (note !== undefined) process.stderr.write(`${note}\n`);
  const json = jsonReport(bench, rows, note);
  if (out) writeFileSync(out, json);
  else process.stdout.write(json);
}

/** Rows with the machine and the day that they were measured on. */
export function jsonReport(bench: string, rows: readonly Row[], note?: string): string {
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  };
  return `${JSON.stringify({ bench, date: today(), machine, note, rows }, null, 2)}\n`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A table on stderr. */
export function printTable(rows: readonly Row[]): void {
  const heads = Object.keys(rows[0] ?? {});
  const lines = [heads, ...rows.map((row) => heads.map((head) => String(row[head] ?? '')))];
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  for (const line of lines) {
    process.stderr.write(`${line.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}\n`);
  }
}
