import { TesseraError } from '../../../core/base/errors.ts';

/** The part of a process that tells of errors which nobody caught. */
export interface Watched {
  on(event: 'uncaughtException', listener: (cause: unknown) => void): unknown;
  on(event: 'unhandledRejection', listener: (cause: unknown, promise: Promise<unknown>) => void): unknown;
  on(event: 'rejectionHandled', listener: (promise: Promise<unknown>) => void): unknown;
}

/** How long a promise that was rejected may wait for somebody who takes it, ms. */
const PATIENCE = 1000;

/**
 * Calls `end` once for the first error that nobody caught. A rejection counts only when nobody has taken it for a while:
 * runtimes differ in when they tell, and some do so before an `async` function that returns the promise has passed it on.
 * A refusal, which is an error of ours, says nothing about the state of the process and never counts.
 */
export function watchDefects(watched: Watched, end: (cause: unknown) => void, patience = PATIENCE): void {
  const waiting = new Map<Promise<unknown>, NodeJS.Timeout>();
  let ended = false;
  const endOnce = (cause: unknown): void => {
    if (!ended) end(cause);
    ended = true;
  };
  watched.on('uncaughtException', endOnce);
  watched.on('unhandledRejection', (cause, promise) => {
    if (cause instanceof TesseraError) {
      console.error('A refusal reached nobody:', cause);
      return;
    }
    const late = (): void => {
      waiting.delete(promise);
      endOnce(cause);
    };
    waiting.set(promise, setTimeout(late, patience));
  });
  watched.on('rejectionHandled', (promise) => {
    clearTimeout(waiting.get(promise));
    waiting.delete(promise);
  });
}
