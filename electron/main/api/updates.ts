import { rm } from 'node:fs/promises';
import path from 'node:path';
import { app } from 'electron';
import type { UpdateState } from '../../../core/contract/mainApi.ts';
import type { Handlers } from '../ipc/answer.ts';
import { installationOf } from '../updates/installation.ts';
import { readRelease } from '../updates/release.ts';
import { createUpdates, type Updates } from '../updates/updates.ts';
import type { Shell } from '../window/shell.ts';

/** @param folder where the bundles lie, and what they were told of releases @param tell hears how far an update is */
export function startUpdates(folder: string, tell: (state: UpdateState) => void): Updates {
  const config = path.join(folder, 'release.json');
  const downloads = path.join(app.getPath('userData'), 'updates');
  const release = readRelease(config);
  const installation = installationOf({
    platform: process.platform,
    executable: process.execPath,
    resources: process.resourcesPath,
    isPackaged: app.isPackaged,
    env: process.env,
  });
  if (!release || !installation) return createUpdates(null, tell);
  void rm(downloads, { recursive: true, force: true }); // it is installed by now, or was not wanted
  return createUpdates(async () => {
    // It is large, and most starts need nothing of it.
    const { createElectronUpdater } = await import('../updates/electronUpdater.ts');
    return createElectronUpdater(release, {
      version: app.getVersion(),
      installation,
      folder: downloads,
      config,
      relaunch: () => {
        app.relaunch();
      },
    });
  }, tell);
}

/** What the window asks about newer versions. */
export function updateHandlers(
  updates: Updates,
  shell: () => Shell,
): Pick<Handlers, Extract<keyof Handlers, `updates.${string}`>> {
  return {
    'updates.check': () => updates.check(),
    'updates.download': () => updates.download(),
    'updates.cancel': () => {
      updates.cancel();
      return null;
    },
    'updates.install': async () => {
      app.releaseSingleInstanceLock(); // the newer version may start before this one has ended
      try {
        await updates.install();
      } catch (error) {
        app.requestSingleInstanceLock();
        throw error;
      }
      shell().closing.close();
      app.quit();
      return null;
    },
  };
}
