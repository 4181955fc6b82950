// What it takes to drive the application's window from another process: an Electron to run, and a screen.
import { openDisplays } from './display.mjs';
import { findRuntime } from './runtime.mjs';

/** @typedef {{ env: Record<string, string>, close: () => void }} Windows `env` is for the process that drives them */

/**
 * Makes both ready. TESSERA_SCREENS names every screen: as many as asked for where they are in memory, else the one that is there.
 * @param {number} [screens] @returns {Promise<Windows | string>} or one sentence that says what is missing
 */
export async function prepareWindows(screens = 1) {
  const runtime = await findRuntime();
  if (typeof runtime === 'string') return runtime;
  const displays = await openDisplays(screens);
  if (typeof displays === 'string') return displays;
  return {
    env: {
      ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
      ...(displays.names[0] !== undefined && {
        DISPLAY: displays.names[0],
        TESSERA_SCREENS: displays.names.join(' '),
      }),
    },
    close: displays.close,
  };
}
