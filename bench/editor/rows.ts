import { percentile, round, type Row, summarise } from '../report.ts';

/** A row of the table: the median of samples, and how far they go. */
export function samplesRow(what: string, samples: readonly number[], unit = 'ms'): Row {
  const { median, min, max, runs } = summarise(samples);
  return { what, unit, median, p95: round(percentile(samples, 0.95)), least: min, worst: max, n: runs };
}

/** How many times as large samples are as others: their medians, and the least of each, which other work hides less. */
export function ratioRow(what: string, samples: readonly number[], others: readonly number[]): Row {
  const [some, base] = [summarise(samples), summarise(others)];
  const median = round(some.median / base.median);
  return { what, unit: 'times', median, p95: '', least: round(some.min / base.min), worst: '', n: some.runs };
}

/** A row of one figure. */
export function figureRow(what: string, figure: number, unit: string): Row {
  return { what, unit, median: round(figure), p95: '', least: '', worst: '', n: 1 };
}
