import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createElectronUpdater } from '../../../../../electron/main/updates/electronUpdater.ts';
import type { Updater } from '../../../../../electron/main/updates/updates.ts';
import { installedAppImage, LIST, makeKeys, type ReleaseServer, startReleases } from './support.ts';

const NEVER = new AbortController().signal;
const nothing = (): void => undefined;

describe.skipIf(process.platform !== 'linux')('electron-updater with a server of releases', () => {
  let releases: ReleaseServer;
  let installed: string;
  let updater: Updater;

  beforeEach(async () => {
    releases = await startReleases();
    installed = installedAppImage(releases.folder);
    vi.stubEnv('APPIMAGE', installed);
    updater = open();
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    releases.close();
  });

  function open(release = releases.release): Updater {
    const config = path.join(releases.folder, 'release.json');
    writeFileSync(config, JSON.stringify(release));
    return createElectronUpdater(release, {
      version: '0.1.0',
      installation: 'AppImage',
      folder: path.join(releases.folder, 'updates'),
      config,
      relaunch: nothing,
    });
  }

  /** What lies where downloads go. */
  function downloads(): string[] {
    const folder = path.join(releases.folder, 'updates', 'downloads', 'pending');
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  it('goes from one version to the next, and starts it', async () => {
    const started = releases.publish('0.2.0');
    expect(await updater.check()).toBe('0.2.0');
    expect(downloads()).toEqual([]); // looking is not fetching
    await updater.download(nothing, NEVER);
    expect(downloads()).toContain('Tessera-0.2.0.AppImage');
    expect(readFileSync(installed, 'utf8')).not.toContain('started');
    updater.install();
    expect(readFileSync(installed, 'utf8')).toContain('started-0.2.0');
    await expect.poll(() => existsSync(started)).toBe(true);
  });

  it.each(['0.1.0', '0.0.9'])('takes %s for no news', async (version) => {
    releases.publish(version);
    expect(await updater.check()).toBeNull();
  });

  it('tells the server nothing of who asks', async () => {
    releases.publish('0.2.0');
    await updater.check();
    await updater.download(nothing, NEVER);
    expect(releases.asked.map((request) => request.path)).toEqual([
      `/releases/${LIST}`,
      `/releases/${LIST}.sig`,
      '/releases/Tessera-0.2.0.AppImage',
    ]);
    const usual = /^(host|connection|accept.*|user-agent|sec-fetch-mode|cache-control)$/;
    for (const { headers } of releases.asked) {
      expect(Object.keys(headers).filter((name) => !usual.test(name))).toEqual([]);
      expect(JSON.stringify(headers)).not.toMatch(/staging|0\.1\.0/);
    }
  });

  it('says so where there is no server, and where it has no list', async () => {
    await expect(updater.check()).rejects.toMatchObject({
      message: expect.stringContaining('does not tell which version is the newest') as string,
    });
    const away = open({ ...releases.release, url: 'http://127.0.0.1:9/releases' });
    await expect(away.check()).rejects.toMatchObject({
      message: 'The server of releases cannot be reached.',
    });
  });

  it.each([
    [
      'a list that was changed',
      () => {
        appendFileSync(releases.file(LIST), ' ');
      },
    ],
    [
      'a signature that was changed',
      () => {
        writeFileSync(releases.file(`${LIST}.sig`), 'AAAA');
      },
    ],
    [
      'an empty signature',
      () => {
        writeFileSync(releases.file(`${LIST}.sig`), '');
      },
    ],
  ])('trusts no server with %s', async (_, spoil) => {
    releases.publish('0.2.0');
    spoil();
    await expect(updater.check()).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining("is not signed with Tessera's key") as string,
    });
    await expect(updater.download(nothing, NEVER)).rejects.toThrow();
    expect(downloads()).toEqual([]);
  });

  it('trusts no server whose list has no signature, or that of another key', async () => {
    releases.publish('0.2.0');
    const other = open({ ...releases.release, publicKey: makeKeys().publicKey });
    await expect(other.check()).rejects.toMatchObject({
      message: expect.stringContaining('is not signed') as string,
    });
    rmSync(releases.file(`${LIST}.sig`));
    await expect(updater.check()).rejects.toMatchObject({ code: 'input' });
  });

  it.each([
    ['is cut off', () => (releases.cutAt = 100_000)],
    [
      'is another file',
      () => {
        writeFileSync(releases.file('Tessera-0.2.0.AppImage'), 'x'.repeat(300_100));
      },
    ],
    [
      'is gone',
      () => {
        rmSync(releases.file('Tessera-0.2.0.AppImage'));
      },
    ],
  ])('keeps nothing of a download that %s', async (_, spoil) => {
    const before = readFileSync(installed);
    releases.publish('0.2.0');
    await updater.check();
    spoil();
    await expect(updater.download(nothing, NEVER)).rejects.toMatchObject({
      message: expect.stringContaining('did not arrive as it was published') as string,
    });
    expect(downloads()).toEqual([]);
    expect(() => {
      updater.install();
    }).toThrow();
    expect(readFileSync(installed)).toEqual(before);
  });

  it('installs nothing that was changed on the disk meanwhile', async () => {
    releases.publish('0.2.0');
    await updater.check();
    await updater.download(nothing, NEVER);
    const file = path.join(releases.folder, 'updates', 'downloads', 'pending', 'Tessera-0.2.0.AppImage');
    appendFileSync(file, 'more');
    expect(() => {
      updater.install();
    }).toThrow('did not arrive as it was published');
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(installed, 'utf8')).not.toContain('started');
  });

  it('gives a download up when it is asked to, and can begin again', async () => {
    releases.publish('0.2.0');
    await updater.check();
    Object.assign(releases, { cutAt: 1000, isSilent: true });
    const stop = new AbortController();
    const downloading = updater.download(nothing, stop.signal);
    const isAsked = (): boolean => releases.asked.some((request) => request.path.endsWith('.AppImage'));
    await expect.poll(isAsked).toBe(true);
    stop.abort();
    await expect(downloading).rejects.toThrow();
    expect(downloads()).toEqual([]);
    releases.cutAt = Infinity;
    await updater.download(nothing, NEVER);
    expect(downloads()).toContain('Tessera-0.2.0.AppImage');
  });

  it('says so where it cannot be installed, and leaves what is there', async () => {
    releases.publish('0.2.0');
    await updater.check();
    await updater.download(nothing, NEVER);
    vi.stubEnv('APPIMAGE', path.join(releases.folder, 'nowhere', 'Tessera.AppImage'));
    expect(() => {
      updater.install();
    }).toThrow('could not be installed');
    expect(readFileSync(installed, 'utf8')).not.toContain('started');
  });
});
