import { TesseraError } from '../../core/base/errors.ts';
import type { Serving } from './serve.ts';

/** The part of a process that reports uncaught errors. */
export interface Watched {
  on(event: 'uncaughtException', listener: (cause: unknown) => void): unknown;
  on(event: 'unhandledRejection', listener: (cause: unknown, promise: Promise<unknown>) => void): unknown;
  on(event: 'rejectionHandled', listener: (promise: Promise<unknown>) => void): unknown;
}

/** How long a rejected promise may wait for a handler, ms. */
const GRACE = 1000;

/**
 * Calls `end` once, for the first uncaught error. A rejection counts only if it has no handler after a while: some runtimes
 * report it before an `async` function that returns the promise has passed it on. A TesseraError says nothing about the
 * state of the process and never counts.
 */
export function watchDefects(watched: Watched, end: (cause: unknown) => void, grace = GRACE): void {
  const waiting = new Map<Promise<unknown>, NodeJS.Timeout>();
  let ended = false;
  const endOnce = (cause: unknown): void => {
    if (!ended) end(cause);
    ended = true;
  };
  watched.on('uncaughtException', endOnce);
  watched.on('unhandledRejection', (cause, promise) => {
    if (cause instanceof TesseraError) {
      console.error('An error was not handled:', cause);
      return;
    }
    const late = (): void => {
      waiting.delete(promise);
      endOnce(cause);
    };
    waiting.set(promise, setTimeout(late, grace));
  });
  watched.on('rejectionHandled', (promise) => {
    clearTimeout(waiting.get(promise));
    waiting.delete(promise);
  });
}

/** The exit code after an uncaught error. */
const DEFECT = 70; // EX_SOFTWARE of sysexits.h

/** Time in which the last answers reach the window, ms. */
const FLUSH = 200;

/** Ends this process after an uncaught error: its state is unknown then, and main starts another. */
export function endAfterDefects(serving: Serving): void {
  watchDefects(process, (cause) => {
    console.error('The engine ends after a defect:', cause);
    serving.fail(new TesseraError('internal', 'The engine failed and is started again.', 'Try again.'));
    setTimeout(() => process.exit(DEFECT), FLUSH);
  });
}
