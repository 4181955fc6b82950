import type { ElectronApplication } from '@playwright/test';
import type { Row } from '../report.ts';
import { figureRow } from './rows.ts';

/** What the processes hold in memory now, shared pages with them. */
export async function memoryRows(app: ElectronApplication, when: string): Promise<Row[]> {
  const sizes = await app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, name, memory }) => ({
      process: /^Tessera (engine|recovery)$/.exec(name ?? '')?.[1] ?? type,
      size: memory.workingSetSize / 1024,
    })),
  );
  const of = (process: string): number =>
    sizes.filter((one) => one.process === process).reduce((sum, { size }) => sum + size, 0);
  const rows = { engine: of('engine'), recovery: of('recovery'), window: of('Tab'), main: of('Browser') };
  return Object.entries(rows).map(([name, size]) =>
    figureRow(`memory ${when}: ${name}`, Math.round(size), 'MiB RSS'),
  );
}

/** What draws the window: figures of a graphics card and of a processor are not alike. */
export async function graphicsNote(app: ElectronApplication): Promise<string> {
  const card = await app.evaluate(({ app }) => app.getGPUFeatureStatus().gpu_compositing);
  return card.startsWith('enabled')
    ? 'The window was drawn by a graphics card.'
    : "The window was drawn without a graphics card (as under Xvfb), by Chromium's software renderer: that is what is measured here.";
}
