import { app, type BrowserWindow, dialog, type MessagePortMain } from 'electron';
import type { JsonFile } from '../settings.ts';
import type { WindowState } from './bounds.ts';
import { type Closing, guardClosing } from './closing.ts';
import { followTheme, openWindow } from './mainWindow.ts';
import { translated } from '../texts.ts';
import { CHANNELS, type Helper, type WindowLocales } from '../../../core/contract/bridge.ts';
import type { MainEvents } from '../../../core/contract/mainApi.ts';

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
  locales: WindowLocales,
  onLoaded: (page: Page) => void,
): Shell {
  const window = openWindow(folder, state, locales);
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

/** What main says to the page. What is said while it loads waits for it. */
interface Page {
  send<E extends keyof MainEvents>(name: E, payload: MainEvents[E]): void;
  sendPort(helper: Helper, port: MessagePortMain): void;
}

/** `onLoaded` is told each time the page has loaded: at first, and after it crashed. */
function pageOf(window: BrowserWindow, onLoaded: () => void): Page {
  const contents = window.webContents;
  const waiting: { readonly name: string; readonly payload: unknown }[] = [];
  let loaded = false;

  contents.on('did-finish-load', () => {
    loaded = true;
    for (const event of waiting.splice(0)) contents.send(CHANNELS.event, event);
    onLoaded();
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    loaded = false;
    if (reason !== 'clean-exit') void offerReload(window);
  });
  return {
    send(name, payload) {
      if (window.isDestroyed()) return;
      if (loaded) contents.send(CHANNELS.event, { name, payload });
      else waiting.push({ name, payload });
    },
    sendPort(helper, port) {
      if (!window.isDestroyed()) contents.postMessage(CHANNELS.port, helper, [port]);
    },
  };
}

async function offerReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: translated('The window of Tessera has stopped.'),
    detail: translated('What was kept a few seconds ago can be recovered.'),
    buttons: [translated('Open It Again'), translated('Quit')],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 0) window.reload();
  else app.exit(1);
}
