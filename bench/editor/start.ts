import { largeJpeg } from '../../test/e2e/support/largePicture.ts';
import { chooseFile } from '../../test/e2e/support/dialogs.ts';
import { launchTessera, type Tessera } from '../../test/e2e/support/tessera.ts';
import { installProbe } from './probe.ts';

const WINDOW = { width: 1920, height: 1080 }; // px

export interface Started {
  readonly tessera: Tessera; // of the last run, with the picture open
  readonly windows: readonly number[]; // ms until the first window shows something
  readonly pictures: readonly number[]; // ms until the picture is shown in full
}

/** Starts the application `runs` times and opens a JPEG of 24 MP in it. */
export async function startAndOpen(runs: number): Promise<Started> {
  const file = await largeJpeg();
  const windows: number[] = [];
  const pictures: number[] = [];
  for (let run = 1; ; run++) {
    const tessera = await launchTessera({ size: WINDOW });
    windows.push(await timeToWindow(tessera));
    pictures.push(await timeToPicture(tessera, file));
    if (run === runs) return { tessera, windows, pictures };
    await tessera.end();
  }
}

/** From the start of the process to the first content on the page. */
async function timeToWindow({ app, page }: Tessera): Promise<number> {
  const started = await app.evaluate(() => process.getCreationTime());
  const painted = await page.evaluate(async () => {
    const first = (): PerformanceEntry | undefined =>
      performance.getEntriesByName('first-contentful-paint')[0];
    while (!first()) await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.timeOrigin + first()!.startTime;
  });
  return painted - started!;
}

/** From the keys that open a file, which is chosen at once, until all of it is there and drawn. */
async function timeToPicture({ app, page }: Tessera, file: string): Promise<number> {
  await chooseFile(app, file);
  await installProbe(page);
  await page.evaluate(() => {
    window.probe.awaitPicture('large.jpg');
  });
  await page.keyboard.press('Control+o');
  return page.evaluate(() => window.probe.picture);
}
