import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import {
  type ClientRequest,
  type IncomingMessage,
  request as askPlainly,
  type RequestOptions,
} from 'node:http';
import { request } from 'node:https';
import path from 'node:path';
import {
  AppImageUpdater,
  type AppUpdater,
  BaseUpdater,
  CancellationToken,
  DebUpdater,
  MacUpdater,
  NsisUpdater,
  type Provider,
  RpmUpdater,
  type UpdateInfo,
} from 'electron-updater';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Installation } from './installation.ts';
import type { Release } from './release.ts';
import { SignedList } from './signedList.ts';
import type { Updater } from './updates.ts';

/** What an update has to know of the program. */
interface Program {
  readonly version: string;
  readonly installation: Installation;
  readonly folder: string; // where downloads go
  readonly config: string; // the file of the release
  readonly relaunch: () => void; // once it has ended
}

const UPDATERS = {
  deb: DebUpdater,
  rpm: RpmUpdater,
  AppImage: AppImageUpdater,
  nsis: NsisUpdater,
  mac: MacUpdater,
} as const;

/** electron-updater, which does nothing by itself here, and trusts only a list that the release's key signed. */
export function createElectronUpdater(release: Release, program: Program): Updater {
  const { version, folder, config, relaunch } = program;
  const updater: AppUpdater = new UPDATERS[program.installation](undefined, {
    version,
    name: 'downloads',
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch,
    quit: () => undefined, // who asked for it ends the program
    onQuit: () => undefined,
  });
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableDifferentialDownload = true; // a list of ours tells hashes of whole files
  Object.assign(updater, { httpExecutor: new NodeHttp() });
  updater.setFeedURL({
    provider: 'custom',
    updateProvider: class extends SignedList implements Provider<UpdateInfo> {
      constructor(_: unknown, __: unknown, options: ProviderRuntimeOptions) {
        super(release, options);
      }
    },
  });
  let found: UpdateInfo | null = null;
  let file: string | null = null;
  let hear: (done: number) => void = () => undefined;
  updater.on('download-progress', ({ percent }) => {
    hear(percent / 100);
  });

  return {
    async check() {
      const result = await updater.checkForUpdates().catch((cause: unknown) => {
        if (cause instanceof TesseraError) throw cause;
        throw new TesseraError(
          'input',
          'What the server of releases tells cannot be understood.',
          'Try again later.',
          { cause },
        );
      });
      found = result?.isUpdateAvailable ? result.updateInfo : null;
      return found?.version ?? null;
    },
    async download(onProgress, signal) {
      const token = new CancellationToken();
      const stop = (): void => {
        token.cancel();
      };
      signal.addEventListener('abort', stop);
      hear = onProgress;
      try {
        [file = null] = await updater.downloadUpdate(token);
      } catch (cause) {
        throw damaged(cause);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    install() {
      if (file === null || !isAsSigned(file, found)) {
        if (file !== null) rmSync(file, { force: true });
        throw damaged(null);
      }
      install(updater);
    },
  };
}

/** It lay on the disk since it was downloaded. */
function isAsSigned(file: string, info: UpdateInfo | null): boolean {
  const signed = info?.files.find(
    ({ url }) => decodeURIComponent(path.posix.basename(url)) === path.basename(file),
  );
  return signed?.sha512 === createHash('sha512').update(readFileSync(file)).digest('base64');
}

function install(updater: AppUpdater): void {
  let reason: Error | undefined;
  const note = (error: Error): void => {
    reason = error;
  };
  updater.once('error', note);
  try {
    if (!(updater instanceof BaseUpdater)) updater.quitAndInstall();
    else if (!updater.install(false, true)) throw reason ?? new Error('nothing was installed');
  } catch (cause) {
    throw new TesseraError(
      'output',
      'The newer version could not be installed.',
      'Nothing was changed; try again, and give the password that the system may ask for.',
      { cause },
    );
  } finally {
    updater.off('error', note);
  }
}

function damaged(cause: unknown): TesseraError {
  return new TesseraError(
    'input',
    'The newer version did not arrive as it was published, so it was removed.',
    'Check the connection, and try again later.',
    { cause },
  );
}

/** Electron's own way to a network is closed; this one is open to the server of releases alone. */
class NodeHttp extends ElectronHttpExecutor {
  override createRequest(
    options: RequestOptions,
    callback: (response: IncomingMessage) => void,
  ): Electron.ClientRequest {
    const ask = options.protocol === 'http:' ? askPlainly : request;
    const asked: ClientRequest = ask(options, callback);
    return asked as unknown as Electron.ClientRequest; // as far as it is used
  }

  /** Node's requests have no event for these; the answer itself tells. */
  protected override addRedirectHandlers(): void {
    return undefined;
  }
}
