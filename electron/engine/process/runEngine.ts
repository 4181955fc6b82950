import { TesseraError } from '../../../core/base/errors.ts';
import { startThread } from './codec/startThread.ts';
import { watchDefects } from './defects.ts';
import { startEngine } from './engine.ts';
import type { HostPort } from './ports.ts';

/** The exit code after an error that nobody caught. */
const DEFECT = 70; // EX_SOFTWARE of sysexits.h

/** Time for the last answers to reach the window, ms. */
const LAST_WORDS = 200;

/** Runs the engine in this process. After an error that nobody caught its state is unknown: it ends, and main starts another. */
export function runEngine(main: HostPort): void {
  const script = process.argv[1]!; // a codec thread is this script again
  const engine = startEngine(main, () => startThread(script));
  const end = (cause: unknown): void => {
    console.error('The engine ends after a defect:', cause);
    engine.fail(new TesseraError('internal', 'The engine failed and is started again.', 'Try again.'));
    setTimeout(() => process.exit(DEFECT), LAST_WORDS);
  };
  watchDefects(process, end);
}
