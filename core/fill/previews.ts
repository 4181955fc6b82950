import { now as hostNow } from '../base/host.ts';

/** Decides when a preview costs little enough to be made. */
export interface Pacer {
  /** Whether one may be made now; `done` of `total` steps are. */
  due(done: number, total: number): boolean;
  /** Makes one, and counts its time. */
  spend<T>(work: () => Promise<T>): Promise<T>;
  readonly spent: number; // ms, so far
}

/** Most of the time since the start that previews may take, all together. */
const SHARE = 0.2;

/** What a preview is taken to cost before one was made, ms. */
const GUESS = 100;

/** A fill with more than this to go after its first quarter is long: nobody should look at nothing meanwhile. */
const LONG = 1500; // ms

/** A pacer for a fill that starts now; `now` gives ms. */
export function createPacer(now: () => number = hostNow): Pacer {
  const start = now();
  let spent = 0;
  let last: number | null = null; // what the last one took, ms
  return {
    due(done, total) {
      if (done >= total) return false; // the fill itself is about to come
      const elapsed = now() - start;
      if (spent + (last ?? GUESS) <= SHARE * elapsed) return true;
      const left = (elapsed / done) * (total - done);
      return last === null && done >= total / 4 && left > LONG;
    },
    async spend(work) {
      const before = now();
      try {
        return await work();
      } finally {
        last = now() - before;
        spent += last;
      }
    },
    get spent() {
      return spent;
    },
  };
}

/**
 * Whose turn it is to be shown. People look at the first candidate, so it has every second turn; the others share the
 * rest.
 */
export function candidateInTurn(turn: number, candidates: number): number {
  if (turn % 2 === 0 || candidates === 1) return 0;
  return 1 + (((turn - 1) / 2) % (candidates - 1));
}
