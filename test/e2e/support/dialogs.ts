import type { ElectronApplication } from '@playwright/test';

/** Stands in for the platform's dialogs, which tests cannot reach: the next ones choose `file`, or cancel for null. */
export async function chooseFile(app: ElectronApplication, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    const canceled = filePath === null;
    dialog.showOpenDialog = () => Promise.resolve({ canceled, filePaths: canceled ? [] : [filePath] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: filePath ?? '' });
  }, file);
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
