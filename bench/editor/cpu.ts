import type { Page } from '@playwright/test';

/** How much of a processor the page's thread takes for `work`, ms; other work on the machine does not count. */
export async function cpuTime(page: Page, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const tasks = metrics.find(({ name }) => name === 'TaskDuration');
    return 1000 * (tasks?.value ?? NaN); // s
  };
  const before = await spent();
  await work();
  const after = await spent();
  await session.detach();
  return after - before;
}
