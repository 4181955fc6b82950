import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserWindow, dialog } from 'electron';
import { translated } from '../texts.ts';

const PATIENCE = 4_000; // ms in which a page that is not busy answers

/** Keeps the window open while it holds something unsaved, until the page or the person lets it go. */
export interface Closing {
  /** Whether closing would lose something. */
  edited: boolean;
  /** Closes without asking any more. */
  close(): void;
}

/** `ask` tells the page that the window is about to close. */
export function guardClosing(window: BrowserWindow, ask: () => void): Closing {
  let asking = false;
  const closing: Closing = {
    edited: false,
    close() {
      if (!window.isDestroyed()) window.destroy();
    },
  };
  window.on('close', (event) => {
    if (!closing.edited) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    ask();
    void closeIfHung(window, closing).finally(() => (asking = false));
  });
  return closing;
}

/** A page that hangs cannot ask, so the platform's own box does. */
async function closeIfHung(window: BrowserWindow, closing: Closing): Promise<void> {
  if (await responds(window)) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: translated('Tessera does not answer.'),
    detail: translated(
      'Changes of the last seconds may be lost; what was kept before can be recovered at the next start.',
    ),
    buttons: [translated('Wait'), translated('Close anyway')],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) closing.close();
}

function responds(window: BrowserWindow): Promise<boolean> {
  const answers = window.webContents.executeJavaScript('true').then(
    () => true,
    () => false,
  );
  return Promise.race([answers, wait(PATIENCE, false)]);
}
