import type { BrowserWindow } from 'electron';
import type { JsonFile } from '../settings/jsonFile.ts';
import type { WindowState } from './bounds.ts';
import { type Closing, guardClosing } from './closing.ts';
import { followTheme, openWindow } from './mainWindow.ts';
import { type Page, pageOf } from './page.ts';

/** The window with all that belongs to it. */
export interface Shell {
  readonly window: BrowserWindow;
  readonly page: Page;
  readonly closing: Closing;
}

/** Opens the window with the page in `folder`. */
export function openShell(
  folder: string,
  state: JsonFile<WindowState | null>,
  onLoaded: (page: Page) => void,
): Shell {
  const window = openWindow(folder, state);
  const page = pageOf(window, () => {
    onLoaded(page);
  });
  followTheme(window, (dark) => {
    page.send('theme', { dark });
  });
  const closing = guardClosing(window, () => {
    page.send('closing', null);
  });
  return { window, page, closing };
}
