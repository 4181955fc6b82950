import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { app, dialog, nativeTheme, screen, shell as openFolder } from 'electron';
import type { AppInfo } from '../../../core/contract/mainApi.ts';
import { spokenLocale } from '../../../core/texts/locales.ts';
import { packagesPlace, userPackages } from '../../io/packageFolders.ts';
import { homeless } from '../files/recent.ts';
import { SAMPLE_NAMES } from '../files/samples.ts';
import type { Grants } from '../files/grants.ts';
import type { Handlers } from '../ipc/answer.ts';
import type { NativeMenu } from '../menu/nativeMenu.ts';
import type { JsonFile } from '../settings.ts';
import { systemLocale } from '../systemLocale.ts';
import { speak, translated } from '../texts.ts';
import { MINIMUM } from '../window/bounds.ts';
import type { Shell } from '../window/shell.ts';

type WindowMethod =
  | 'app.info'
  | 'dialog.ask'
  | `menu.${'state' | 'keys'}`
  | `packages.${'reveal' | 'chooseFolder'}`
  | `preferences.${'read' | 'write'}`
  | `window.${'close' | 'document' | 'language' | 'look'}`;

/** What the window asks about itself and the application. */
export function windowHandlers(
  shell: () => Shell,
  menu: NativeMenu,
  preferences: JsonFile<Record<string, unknown>>,
  updates: boolean,
  grants: Grants,
): Pick<Handlers, WindowMethod> {
  return {
    'app.info': () => ({
      version: app.getVersion(),
      updates,
      platform: process.platform as AppInfo['platform'], // there are builds for these three only
      dark: nativeTheme.shouldUseDarkColors,
      packagesFolder: homeless(userPackages(), homedir()),
      packagesFixed: packagesPlace().fixed,
      samples: SAMPLE_NAMES,
    }),
    'window.document': ({ name, edited }) => {
      const { window, closing } = shell();
      closing.edited = edited;
      window.setDocumentEdited(edited); // the dot in a Mac's close button
      window.setTitle(name === null ? 'Tessera' : `${edited ? '• ' : ''}${name} – Tessera`);
      return null;
    },
    'window.close': () => {
      shell().closing.close();
      return null;
    },
    'window.look': ({ theme, scale }) => {
      nativeTheme.themeSource = theme;
      const { window } = shell();
      window.webContents.setZoomFactor(scale);
      const { workArea } = screen.getDisplayMatching(window.getBounds());
      // What has its place in the smallest window still has it.
      window.setMinimumSize(
        Math.min(workArea.width, Math.round(MINIMUM.width * Math.max(1, scale))),
        Math.min(workArea.height, Math.round(MINIMUM.height * Math.max(1, scale))),
      );
      return null;
    },
    'window.language': ({ language }) => {
      speak(spokenLocale(language, systemLocale()));
      menu.refresh();
      return null;
    },
    'packages.reveal': async () => {
      const folder = userPackages();
      await mkdir(folder, { recursive: true });
      await openFolder.openPath(folder);
      return null;
    },
    'packages.chooseFolder': async () => {
      const { filePaths } = await dialog.showOpenDialog(shell().window, {
        title: translated('Choose where packages live'),
        properties: ['openDirectory', 'createDirectory'],
      });
      const [folder] = filePaths;
      return folder === undefined ? null : grants.give({ path: folder, kind: 'model', access: 'write' });
    },
    'menu.keys': ({ keys }) => {
      menu.showKeys(keys);
      return null;
    },
    'menu.state': (state) => {
      menu.show(state);
      return null;
    },
    'preferences.read': () => preferences.value,
    'preferences.write': ({ values }) => {
      preferences.set(values);
      return null;
    },
    'dialog.ask': async ({ message, detail, buttons }) => {
      const cancelId = buttons.length - 1;
      const options = {
        type: 'question' as const,
        message: translated(message),
        detail: translated(detail),
        buttons: buttons.map(translated),
        defaultId: 0,
        cancelId,
      };
      return (await dialog.showMessageBox(shell().window, options)).response;
    },
  };
}
