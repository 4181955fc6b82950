import { app } from 'electron';
import { type Application, startApplication } from './application.ts';
import { surviveDefects } from './failures.ts';
import { givenFiles } from './files/given.ts';
import { cutNetwork, lockDown } from './lockdown.ts';
import { registerScheme } from './protocol.ts';

/** There is one Tessera per person: a second one hands its files to the first and ends. */
if (app.requestSingleInstanceLock()) main();
else app.quit();

function main(): void {
  surviveDefects();
  cutNetwork();
  registerScheme();
  const waiting = givenFiles(process.argv, process.cwd(), inCheckout());
  let application: Application | null = null;
  const open = (files: readonly string[]): void => {
    if (application === null) waiting.push(...files);
    else application.open(files);
  };

  app.on('second-instance', (_event, args, folder) => {
    application?.show();
    open(givenFiles(args, folder, inCheckout()));
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open([file]);
  });
  app.on('activate', () => application?.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(async () => {
    lockDown();
    application = await startApplication(__dirname, rootFolder());
    application.open(waiting.splice(0));
  });
}

/** Where the files lie that come with Tessera; a packaged one keeps them beside its archive. */
function rootFolder(): string {
  return app.getAppPath().replace(/app\.asar$/, 'app.asar.unpacked');
}

/** Started as `electron .`, so that the first argument is the application. */
function inCheckout(): boolean {
  return 'defaultApp' in process;
}
