import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CHANNELS, type Outcome } from '../../../core/contract/bridge.ts';
import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { GivenFile } from '../../../core/contract/mainApi.ts';
import { isOurs } from '../origin.ts';
import { answer, type Handlers } from './answer.ts';

export interface Receiver {
  readonly handlers: Handlers;
  /** The one page that is answered. */
  readonly page: () => WebContents | null;
  readonly dropped: (path: string) => Promise<GivenFile[]>;
}

/** Answers messages of our own window only. */
export function receive({ handlers, page, dropped }: Receiver): void {
  ipcMain.handle(CHANNELS.call, (event, message: unknown) =>
    comesFromPage(event, page()) ? answer(handlers, message) : refusal(),
  );
  ipcMain.handle(CHANNELS.dropped, async (event, path: unknown): Promise<Outcome<GivenFile[]>> => {
    if (!comesFromPage(event, page()) || typeof path !== 'string') return refusal();
    try {
      if (path === '') throw noFile();
      return { ok: await dropped(path) };
    } catch (error) {
      return { error: toErrorShape(error) };
    }
  });
}

function comesFromPage({ sender, senderFrame }: IpcMainInvokeEvent, page: WebContents | null): boolean {
  return sender === page && senderFrame === sender.mainFrame && isOurs(sender.mainFrame.url);
}

function refusal(): Outcome<never> {
  return { error: toErrorShape(new TesseraError('usage', 'Only the window of Tessera is answered.')) };
}

function noFile(): TesseraError {
  return new TesseraError('input', 'What was dropped is not a file.', 'Save it first, then drop the file.');
}
