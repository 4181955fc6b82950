import { TesseraError } from '../../../core/base/errors.ts';

/** Lets jobs through one at a time, in the order in which they came. */
export interface SerialQueue {
  /** Runs `work` when its turn has come. An abort while it waits takes it out at once and throws 'aborted'. */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createSerialQueue(): SerialQueue {
  const waiting: (() => void)[] = [];
  let busy = false;

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(new TesseraError('aborted', 'Stopped.'));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.push(begin);
    });
  }

  return {
    async run(signal, work) {
      if (busy) await turn(signal); // the job before this one leaves the queue busy
      busy = true;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else busy = false;
      }
    },
  };
}
