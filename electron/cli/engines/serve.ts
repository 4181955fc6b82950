import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { FillReport } from '../fill/report.ts';
import type { Context } from '../shared/context.ts';
import { createReporter, type Reporter } from '../shared/reporter.ts';
import type { EngineAbout, FromEngine, SharedTask, ToEngine } from './messages.ts';

/** A package that is loaded, for the pictures that are asked of it. */
export interface Served {
  readonly about: EngineAbout;
  readonly fill: (task: SharedTask, onShare?: (share: number) => void) => Promise<FillReport>;
}

/** Fills what the process that started this one asks for, one picture after the other, until that one has no use for it. */
export async function serveParent({ signal }: Context, { about, fill }: Served): Promise<never> {
  let work = Promise.resolve();
  process.on('message', ({ task }: ToEngine) => {
    work = work.then(async () => {
      try {
        const report = await fill(task, (share) => {
          tellParent({ kind: 'step', share });
        });
        tellParent({ kind: 'done', report });
      } catch (error) {
        tellParent({ kind: 'failed', error: toErrorShape(error) });
      }
    });
  });
  // A parent that has ended needs no pictures.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  tellParent({ kind: 'ready', about });
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await work;
  throw new TesseraError('aborted', 'Stopped.');
}

/** What an engine has to say goes to the process that started it. */
export function parentReporter(): Reporter {
  const silent = {
    out: () => undefined,
    err: () => undefined,
    interactive: false,
    columns: 80,
    debug: false,
  };
  return {
    ...createReporter(silent, { json: false, quiet: true }),
    note(text) {
      tellParent({ kind: 'note', text });
    },
    fail(error) {
      tellParent({ kind: 'gone', error: toErrorShape(error) });
    },
  };
}

function tellParent(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}
