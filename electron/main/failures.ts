import { app, BrowserWindow, dialog } from 'electron';
import { type ErrorShape, toErrorShape } from '../../core/base/errors.ts';
import { translated } from './texts.ts';

/** Tells a person what went wrong where the page cannot. */
export async function tellFailure(window: BrowserWindow, { message, hint }: ErrorShape): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'error',
    message: translated(message),
    detail: translated(hint ?? ''),
    buttons: ['OK'],
  });
}

/** A defect of main would otherwise end the application, and with it what is unsaved, or show a stack trace. */
export function surviveDefects(): void {
  let opened = false;
  app.on('browser-window-created', () => (opened = true));
  const tell = (error: unknown): void => {
    // Once the last window is gone nothing can be lost any more, and a box would only hold up the end.
    if (opened && BrowserWindow.getAllWindows().length === 0) return;
    process.stderr.write(
      `tessera: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    dialog.showErrorBox(
      translated('Tessera met an unexpected problem.'),
      translated(toErrorShape(error).message),
    );
  };
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
}
