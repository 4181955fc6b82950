import path from 'node:path';
import { app } from 'electron';
import type { Helper, WindowLocales } from '../../core/contract/bridge.ts';
import { spokenLocale } from '../../core/texts/locales.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { removeStale } from '../io/files/aside.ts';
import { userPackages } from '../io/packageFolders.ts';
import { clipboardHandlers } from './api/clipboard.ts';
import { createFiles } from './api/files.ts';
import { windowHandlers } from './api/window.ts';
import { serverHandlers } from './api/servers.ts';
import { startUpdates, updateHandlers } from './api/updates.ts';
import { type Engine, startEngine } from './engine/engine.ts';
import { createGrants } from './files/grants.ts';
import { receive } from './ipc/receive.ts';
import { choose, createNativeMenu } from './menu/nativeMenu.ts';
import { servePage } from './protocol.ts';
import { systemCipher } from './servers/cipher.ts';
import { createServers } from './servers/servers.ts';
import { openSettings } from './settings.ts';
import { systemLocale } from './systemLocale.ts';
import { speak } from './texts.ts';
import { reveal } from './window/mainWindow.ts';
import { openShell, type Shell } from './window/shell.ts';
import { tellFailure } from './failures.ts';

const ENGINE_BROKEN = new TesseraError(
  'internal',
  'The part of Tessera that reads and fills pictures does not start.',
  'Save your work if you can and start Tessera again; if that does not help, install it again.',
);

export interface Application {
  /** Brings the window to the front, and opens it if there is none. */
  show(): void;
  /** Opens files that were given from outside; the window says which cannot be opened. */
  open(files: readonly string[]): void;
}

/** Starts everything. `folder` is where the bundles lie, `root` where the files that come with Tessera do. */
export async function startApplication(folder: string, root: string): Promise<Application> {
  const settings = await openSettings(app.getPath('userData'));
  const locales = (): WindowLocales => {
    const system = systemLocale();
    return { system, spoken: spokenLocale(settings.preferences.value.language, system) };
  };
  speak(locales().spoken); // before there is a menu
  let shell: Shell | null = null;

  const grants = createGrants((message) => {
    engine.tell(message);
    recovery.tell(message);
  });
  const servers = createServers(settings.servers, systemCipher, () => {
    engine.tell(servers.message());
  });
  const startHelper = (helper: Helper, onRestarted: (again: Engine) => void): Engine => {
    const started = startEngine({
      helper,
      script: path.join(root, 'dist', 'app', 'engine.cjs'), // never in the archive: its workers could not read it
      stdio: app.isPackaged ? 'ignore' : 'inherit',
      greeting: () => [
        { kind: 'packages', folders: [userPackages(), path.join(root, 'native-models', 'packages')] },
        { kind: 'recovery', folder: path.join(app.getPath('userData'), 'recovery') },
        { kind: 'cache', folder: path.join(app.getPath('userData'), 'tessera-cache') },
        ...(helper === 'engine' ? [servers.message()] : []),
        ...grants.messages(),
      ],
      onRestarted: () => {
        onRestarted(started);
      },
      onHopeless: () => {
        if (shell) void tellFailure(shell.window, ENGINE_BROKEN);
      },
    });
    return started;
  };
  const engine = startHelper('engine', (again) => {
    shell?.page.send('engineRestarted', null);
    shell?.page.sendPort('engine', again.connect());
  });
  const recovery = startHelper('recovery', (again) => {
    shell?.page.sendPort('recovery', again.connect());
  });
  const menu = createNativeMenu({
    recent: () =>
      settings.recent.value.map((entry) => ({
        label: path.basename(entry.path),
        choose: () => {
          open([entry.path]);
        },
      })),
    choose: (id) => {
      const { page, window } = show();
      void choose(window.webContents, id, () => {
        page.send('command', { id });
      });
    },
    clearRecent: () => {
      settings.recent.set([]);
      tellRecent();
    },
  });
  const files = createFiles({
    root,
    grants,
    recent: settings.recent,
    session: settings.session,
    window: () => present().window,
    onRecentChanged: tellRecent,
  });
  const updates = startUpdates(folder, (state) => {
    shell?.page.send('update', state);
  });
  receive({
    handlers: {
      ...clipboardHandlers,
      ...files.handlers,
      ...serverHandlers(servers, () => present().window),
      ...updateHandlers(updates, present),
      ...windowHandlers(present, menu, settings.preferences, updates.areOn, grants),
    },
    page: () => shell?.window.webContents ?? null,
    dropped: (file) => files.openGiven([file]),
  });

  function tellRecent(): void {
    menu.refresh();
    shell?.page.send('recent', { files: files.recentFiles() });
  }

  /** The window that asked. */
  function present(): Shell {
    if (shell === null) throw new TesseraError('internal', 'The window is closed already.');
    return shell;
  }

  function show(): Shell {
    if (shell !== null) {
      reveal(shell.window);
      return shell;
    }
    shell = openShell(folder, settings.window, locales(), (page) => {
      page.sendPort('engine', engine.connect());
      page.sendPort('recovery', recovery.connect());
    });
    shell.window.once('closed', () => {
      shell = null;
      grants.end('all');
    });
    shell.window.webContents.on('render-process-gone', () => {
      grants.end('all');
    });
    return shell;
  }

  function open(given: readonly string[]): void {
    if (given.length === 0) return;
    const { page } = show();
    void files.openGiven(given).then((opened) => {
      page.send('open', { files: opened });
    });
  }

  // What a Tessera that was killed while saving left beside files.
  for (const entry of settings.recent.value) void removeStale(path.dirname(entry.path));
  servePage(path.join(folder, 'renderer'));
  endWith(() => {
    engine.stop();
    recovery.stop();
  }, settings.written);
  show();
  return { show, open };
}

/** Quits once what was set is on the disk. */
function endWith(stopHelpers: () => void, written: () => Promise<void>): void {
  let done = false;
  app.on('will-quit', (event) => {
    if (done) return;
    event.preventDefault();
    stopHelpers();
    void written().finally(() => {
      done = true;
      app.quit();
    });
  });
}
