import { parseArgs } from 'node:util';
import { createRng } from '../core/base/rng.ts';
import { answerBoxes } from '../test/e2e/support/dialogs.ts';
import { ask } from '../test/e2e/support/steps.ts';
import { launchTessera } from '../test/e2e/support/tessera.ts';
import { report, type Row } from './report.ts';
import { Session } from './soak/session.ts';
import { look } from './soak/watch.ts';

const MINUTE = 60_000; // ms
const WINDOW = { width: 1280, height: 800 }; // px
const DO_NOT_SAVE = 1;
const SETTLED = 15_000; // ms in which what is idle is given back

/**
 * A long session in the window: strokes, fills, undo, redo, pictures opened and closed, by chance. Each minute it looks at
 * the memory and the open files of every process and at the recovery folder, and once more when all is closed.
 * `--minutes` is how long it works, `--seed` what it does.
 */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  });
  const minutes = Math.max(0.1, Number(values.minutes));
  const tessera = await launchTessera({ size: WINDOW });
  const { app, page } = tessera;
  try {
    await answerBoxes(app, DO_NOT_SAVE);
    const devtools = await page.context().newCDPSession(page);
    const rng = createRng(Number(values.seed));
    const session = new Session(tessera, () => rng.uniform());
    const rows: Row[] = [];
    const note = async (when: string): Promise<void> => {
      const row = { when, ...session.done, ...(await look(tessera, devtools)) };
      process.stderr.write(`${JSON.stringify(row)}\n`);
      rows.push(row);
    };
    await session.step(); // opens the first picture
    await ask(page, 'Draft', 1);
    await note('start');
    const began = performance.now();
    const isOver = (): boolean => performance.now() - began >= minutes * MINUTE;
    for (let minute = 1; !isOver(); minute++) {
      while (!isOver() && performance.now() - began < minute * MINUTE) await session.step();
      await note(`${minute} min`);
    }
    await session.closeAll();
    await page.waitForTimeout(SETTLED);
    await note('all closed');
    report('soak', rows, values.out, problemsText(tessera.problems));
  } finally {
    await tessera.end();
  }
  return 0;
}

function problemsText(problems: readonly string[]): string {
  return problems.length === 0 ? 'Nothing went wrong unseen.' : `Went wrong unseen: ${problems.join('; ')}`;
}
