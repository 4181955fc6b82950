import { type BrowserWindow, dialog } from 'electron';
import { type ErrorShape, toErrorShape } from '../../core/ipc/errors.ts';

/** Tells a person what went wrong where the page cannot. */
export async function tellFailure(window: BrowserWindow, { message, hint }: ErrorShape): Promise<void> {
  await dialog.showMessageBox(window, { type: 'error', message, detail: hint ?? '', buttons: ['OK'] });
}

/** A defect of main would otherwise end the application, and with it what is unsaved, or show a stack trace. */
export function surviveDefects(): void {
  const tell = (error: unknown): void => {
    process.stderr.write(
      `tessera: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    dialog.showErrorBox('Tessera met an unexpected problem.', toErrorShape(error).message);
  };
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
}
