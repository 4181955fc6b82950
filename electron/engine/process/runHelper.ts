import { TesseraError } from '../../../core/base/errors.ts';
import { watchDefects } from './defects.ts';
import type { Serving } from './serve.ts';

/** The exit code after an error that nobody caught. */
const DEFECT = 70; // EX_SOFTWARE of sysexits.h

/** Time for the last answers to reach the window, ms. */
const LAST_WORDS = 200;

/** Ends this process after an error that nobody caught: its state is unknown then, and main starts another. */
export function endAfterDefects(serving: Serving): void {
  watchDefects(process, (cause) => {
    console.error('The engine ends after a defect:', cause);
    serving.fail(new TesseraError('internal', 'The engine failed and is started again.', 'Try again.'));
    setTimeout(() => process.exit(DEFECT), LAST_WORDS);
  });
}
