import type { Abort } from '../base/abort.ts';
import { throwIfAborted } from '../base/abort.ts';
import { TesseraError } from '../base/errors.ts';
import type { Mixture, OnRows, Query } from './mixture.ts';
import type { Denoiser, WindowBatch } from '../model/denoiser.ts';
import { createMixture } from './mixture.ts';
import type { Windows } from './windows.ts';
import { coverGrid, placeWindows } from './windows.ts';

/** The most windows in one call of `predict`: it bounds the memory of a call and the wait for an abort. */
export const MAX_BATCH = 8;

/** Gives the logits of every query that has cells, once; queries come in order. All are as noisy as `timestep` says. */
export type PredictCells = (
  queries: readonly Query[],
  timestep: number,
  onRows: OnRows,
  signal?: Abort,
) => Promise<void>;

/** One window over the grid of one query. */
interface Job {
  readonly query: number;
  readonly ids: Int32Array;
  readonly left: number;
  readonly top: number;
  readonly cells: Int32Array; // flat indices into the grid
  readonly positions: Int32Array; // where those cells stand in the query
}

/**
 * The denoiser for grids of one size, whichever that is, and the cells that will be queried. Where several windows
 * cover a cell, their probabilities are averaged and given as logits (Unleashing Transformers, arXiv 2111.12701). Only
 * windows that hold queried cells run. Throws 'limit' for grids smaller than the denoiser takes, 'aborted' between calls.
 */
export function createPredictCells(
  denoiser: Denoiser,
  { width, height }: { readonly width: number; readonly height: number },
  cells: Int32Array,
): PredictCells {
  const windows = coverGrid(width, height, denoiser.window, cells);
  const single = windows.lefts.length * windows.tops.length === 1;
  const mixture = createMixture(denoiser.codes);

  return async (queries, timestep, onRows, signal) => {
    for (const group of groupJobs(queries, windows, width)) {
      if (!single) mixture.begin(queries, group[0]!.query, group.at(-1)!.query);
      for (let from = 0; from < group.length; from += MAX_BATCH) {
        const jobs = group.slice(from, from + MAX_BATCH);
        throwIfAborted(signal);
        const logits = await denoiser.predict({ ...batchOf(jobs, windows, width), timestep }, signal);
        throwIfAborted(signal);
        checkLength(logits, jobs, denoiser.codes);
        if (single) handOut(jobs, logits, denoiser.codes, onRows);
        else mix(jobs, logits, denoiser.codes, mixture);
      }
      if (!single) mixture.finish(onRows);
    }
  };
}

/** The windows of all queries, in groups of whole queries: as many as fit one batch, at least one. */
function groupJobs(queries: readonly Query[], windows: Windows, width: number): Job[][] {
  const groups: Job[][] = [];
  queries.forEach(({ ids, cells }, query) => {
    if (cells.length === 0) return;
    const jobs = placeWindows(windows, width, cells).map(({ left, top, positions }) => ({
      query,
      ids,
      left,
      top,
      cells: positions.map((position) => cells[position]!),
      positions,
    }));
    const last = groups.at(-1);
    if (last !== undefined && last.length + jobs.length <= MAX_BATCH) last.push(...jobs);
    else groups.push(jobs);
  });
  return groups;
}

/** What `predict` is asked: the tokens of each job's window, and its cells as indices into them. */
function batchOf(jobs: readonly Job[], windows: Windows, gridWidth: number): WindowBatch {
  const { width, height } = windows;
  const area = width * height;
  const tokens = new Int32Array(jobs.length * area); // [B, height, width]
  const select = new Int32Array(jobs.reduce((sum, job) => sum + job.cells.length, 0)); // [M]
  let selected = 0;
  jobs.forEach(({ ids, cells, left, top }, b) => {
    for (let y = 0; y < height; y++) {
      const start = (top + y) * gridWidth + left;
      tokens.set(ids.subarray(start, start + width), b * area + y * width);
    }
    for (const cell of cells) {
      const x = (cell % gridWidth) - left;
      const y = Math.floor(cell / gridWidth) - top;
      select[selected++] = b * area + y * width + x;
    }
  });
  return { batch: jobs.length, width, height, tokens, select };
}

function checkLength(logits: Float32Array, jobs: readonly Job[], codes: number): void {
  const rows = jobs.reduce((sum, job) => sum + job.cells.length, 0);
  if (logits.length === rows * codes) return;
  throw new TesseraError(
    'package',
    `The denoiser gave ${logits.length} numbers where ${rows} x ${codes} were due.`,
    'The model package does not match its manifest; install it again.',
  );
}

/** With one window each job is all of its query, and its rows are what was asked for. */
function handOut(jobs: readonly Job[], logits: Float32Array, codes: number, onRows: OnRows): void {
  let offset = 0;
  for (const { query, cells } of jobs) {
    onRows(query, logits, offset);
    offset += cells.length * codes;
  }
}

/** Adds the rows of one call of `predict`, in the order in which batchOf selected them. */
function mix(jobs: readonly Job[], logits: Float32Array, codes: number, mixture: Mixture): void {
  let offset = 0;
  for (const { query, positions } of jobs) {
    for (const position of positions) {
      mixture.add(query, position, logits, offset);
      offset += codes;
    }
  }
}
