import type { ElectronApplication } from '@playwright/test';

/** Stands in for the platform's dialogs, which tests cannot reach: the next ones choose `file` or several, or cancel for null. */
export async function chooseFile(
  app: ElectronApplication,
  file: string | readonly string[] | null,
): Promise<void> {
  const chosen = file === null ? [] : typeof file === 'string' ? [file] : [...file];
  await app.evaluate(({ dialog }, filePaths) => {
    const canceled = filePaths.length === 0;
    dialog.showOpenDialog = () => Promise.resolve({ canceled, filePaths });
    dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: filePaths[0] ?? '' });
  }, chosen);
}

/** The next message boxes are answered with the button of this index; gives the questions that were asked. */
export async function answerBoxes(
  app: ElectronApplication,
  button: number,
): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, response) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (...args: unknown[]) => {
      const options = args.at(-1) as Electron.MessageBoxOptions;
      asked.push(options.message);
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }, button);
  return () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}
