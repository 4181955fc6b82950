/** Ctrl+C as an AbortSignal: the first one stops the work cleanly, the second one ends the process. */
export interface Interrupts {
  readonly signal: AbortSignal;
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    release(); // node's own handling is back, so a second one ends the process at once
  };
  const release = () => {
    for (const name of SIGNALS) process.off(name, stop);
  };
  for (const name of SIGNALS) process.on(name, stop);
  return { signal: controller.signal, release };
}
