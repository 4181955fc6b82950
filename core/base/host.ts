/** What every host of JavaScript has and core uses. Core is compiled without the types of node and of a page. */
const host = globalThis as unknown as {
  readonly performance: { now(): number };
  readonly setTimeout: (work: () => void, ms: number) => unknown;
  readonly setImmediate?: (work: () => void) => unknown;
};

/** The time of a clock that only goes forward, ms. */
export function now(): number {
  return host.performance.now();
}

/** Lets waiting messages be heard. Models and kernels block their thread, so long work calls this between its parts. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (host.setImmediate) host.setImmediate(resolve);
    else host.setTimeout(resolve, 0);
  });
}
