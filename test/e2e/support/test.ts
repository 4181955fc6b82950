import { test as base, expect } from '@playwright/test';
import { launchTessera, type LaunchOptions, type Tessera } from './tessera.ts';

interface Fixtures {
  /** Starts the application; it is ended after the test, which fails if anything went wrong unseen. */
  readonly launch: (options?: LaunchOptions) => Promise<Tessera>;
}

export { expect };

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern, although nothing is taken out of it
  launch: async ({}, use) => {
    const started: Tessera[] = [];
    await use(async (options) => {
      const tessera = await launchTessera(options);
      started.push(tessera);
      return tessera;
    });
    for (const tessera of started) await tessera.end();
    expect(started.flatMap(({ problems }) => problems)).toEqual([]);
  },
});
