// What it takes to drive the application's window from another process: an Electron to run, and a screen.
import { openDisplay } from './display.mjs';
import { findRuntime } from './runtime.mjs';

/** @typedef {{ env: Record<string, string>, close: () => void }} Windows `env` is for the process that drives them */

/** Makes both ready. @returns {Promise<Windows | string>} or one sentence that says what is missing */
export async function prepareWindows() {
  const runtime = await findRuntime();
  if (typeof runtime === 'string') return runtime;
  const display = await openDisplay();
  if (typeof display === 'string') return display;
  return {
    env: {
      ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
      ...(display.name !== undefined && { DISPLAY: display.name }),
    },
    close: display.close,
  };
}
