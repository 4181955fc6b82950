import { availableParallelism, loadavg } from 'node:os';
import vm from 'node:vm';
import type { PictureFormat } from './sniff.ts';

/** Work was stopped because its time was over. Whatever it worked with is in an unknown state. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
  /** Whether it hardly came to work at all, since others had the processors. */
  readonly starved: boolean;

  constructor(starved = false) {
    super('The time is over.');
    this.starved = starved;
  }
}

/** What any file is given on an idle machine, ms. */
const PATIENCE = 10_000;

const MOST_LOAD = 12; // times as much on a busy one
const STARVED = 0.25; // share of a processor

/** Bytes of a file, by ms: a slow machine decodes so many. Measured: 3 to 20 times as many. */
const BYTES_PER_MS: Readonly<Record<PictureFormat, number>> = {
  jpeg: 1000,
  png: 1000,
  webp: 300,
  avif: 100,
  heic: 100,
  tiff: 1000,
  gif: 300,
  bmp: 1000,
  jxl: 100,
  jp2: 100,
  psd: 1000,
};

/** Pixels that came out, by ms, which a few bytes may hold where they are flat. */
const PIXELS_PER_MS = 10_000;

/**
 * The time that decoding a file may take: some for any file, and more for what is in it and on a busy machine. A header
 * promises as many pixels as it likes, so only bytes that are there and pixels that came out count.
 */
export interface Deadline {
  /** Runs a part of the work. It is synchronous. @throws Overdue where the time is over */
  run<T>(work: () => T): T;
  /** Pixels came out. */
  earn(pixels: number): void;
}

/** @param patience ms that any file is given */
export function startDeadline(bytes: number, format: PictureFormat, patience = PATIENCE): Deadline {
  const began = performance.now();
  const processor = process.cpuUsage();
  const load = Math.min(MOST_LOAD, Math.max(1, loadavg()[0]! / availableParallelism()));
  let time = load * (patience + bytes / BYTES_PER_MS[format]);
  return {
    run(work) {
      try {
        return within(began + time - performance.now(), work);
      } catch (error) {
        if (!(error instanceof Overdue)) throw error;
        const { user, system } = process.cpuUsage(processor);
        throw new Overdue((user + system) / 1000 < STARVED * (performance.now() - began));
      }
    },
    earn(pixels) {
      time += (load * pixels) / PIXELS_PER_MS;
    },
  };
}

const OVER = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Only what runs in a script of its own can be stopped from outside, WebAssembly that it calls and waits for included. */
const box = vm.createContext({ work: () => undefined }) as { work: () => unknown };
const call = new vm.Script('work()');

/** @param ms left */
function within<T>(ms: number, work: () => T): T {
  if (ms < 1) throw new Overdue();
  box.work = work;
  try {
    return call.runInContext(box, { timeout: Math.ceil(ms) }) as T;
  } catch (error) {
    throw isOver(error) ? new Overdue() : error;
  } finally {
    box.work = () => undefined;
  }
}

/** It is made by the runtime, in a context of its own. */
function isOver(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === OVER;
}
