const LIVED = 30_000; // ms; an engine that ran this long died of its job, not of its start
const FIRST_DELAY = 1_000; // ms
const LONGEST_DELAY = 60_000; // ms

/** How long to wait before starting an engine again: not at all, unless it keeps dying at once. */
export interface BackOff {
  /** Told that the engine has ended; gives the wait in ms. */
  readonly delayAfter: (livedFor: number) => number;
}

export function createBackOff(): BackOff {
  let quickDeaths = 0;
  return {
    delayAfter: (livedFor) => {
      quickDeaths = livedFor < LIVED ? quickDeaths + 1 : 0;
      // Two quick deaths may be one bad file, tried twice.
      return quickDeaths <= 2 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (quickDeaths - 3));
    },
  };
}
