import { now } from '../base/host.ts';

/** Adds up wall time by phase. */
export interface Clock<Phase extends string> {
  readonly times: Readonly<Record<Phase, number>>; // ms
  time<T>(phase: Phase, work: () => T | Promise<T>): Promise<T>;
}

/** A clock whose phases all start at 0. */
export function createClock<Phase extends string>(phases: readonly Phase[]): Clock<Phase> {
  const times = Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>;
  return {
    times,
    async time(phase, work) {
      const started = now();
      try {
        return await work();
      } finally {
        times[phase] += now() - started;
      }
    },
  };
}
