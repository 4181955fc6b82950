const LIVED = 30_000; // ms; an engine that ran this long died of its job, not of its start
const FIRST_DELAY = 1_000; // ms
const LONGEST_DELAY = 60_000; // ms
const PATIENCE = 2; // quick deaths in a row that may be one bad file, tried twice
const HOPELESS = 6; // quick deaths in a row, after which the person is told

export interface Restart {
  readonly delay: number; // ms
  /** Told once: it looks as if the engine cannot run at all. */
  readonly hopeless: boolean;
}

/** When to start an engine again that has ended: at once, unless it keeps dying at its start. */
export interface BackOff {
  readonly after: (livedFor: number) => Restart; // ms
}

export function createBackOff(): BackOff {
  let quickDeaths = 0;
  return {
    after(livedFor) {
      quickDeaths = livedFor < LIVED ? quickDeaths + 1 : 0;
      const late = quickDeaths - PATIENCE;
      const delay = late <= 0 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (late - 1));
      return { delay, hopeless: quickDeaths === HOPELESS };
    },
  };
}
