import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configuredRelease, writeRelease, writeSignedList } from '../../../../build/packaging/release.mjs';
import { isSigned, readRelease } from '../../../../electron/main/updates/release.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const release = {
  url: 'https://releases.example.org',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-release-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('what an application is told of releases', () => {
  it('is nothing as long as none is configured, also where something was told before', () => {
    const file = path.join(folder, 'release.json');
    writeRelease(file, release);
    expect(readRelease(file)).toEqual(release);
    writeRelease(file, configuredRelease());
    expect(existsSync(file)).toBe(configuredRelease().url !== null);
  });
});

describe('the list of a release', () => {
  const installer = (): string => {
    const suffix = { linux: 'deb', win32: 'exe', darwin: 'zip' }[process.platform as 'linux'];
    const file = path.join(folder, `tessera 0.2.0.${suffix}`);
    writeFileSync(file, 'an installer');
    return file;
  };

  it('tells hashes of the installers alone, and is signed', () => {
    const files = [installer(), path.join(folder, 'tessera.cdx.json')];
    const [list = '', signature = ''] = writeSignedList({ folder, version: '0.2.0', files, key, release });
    const bytes = readFileSync(list);
    expect(JSON.parse(bytes.toString())).toMatchObject({
      version: '0.2.0',
      files: [
        {
          url: expect.stringMatching(/^tessera%200\.2\.0\./) as string,
          size: 12,
          sha512: expect.any(String) as string,
        },
      ],
    });
    expect(isSigned(bytes, readFileSync(signature, 'utf8'), release)).toBe(true);
  });

  it('is not signed by a key that no copy knows', () => {
    const other = generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'pem', type: 'pkcs8' })
      .toString();
    const files = [installer()];
    expect(() => writeSignedList({ folder, version: '0.2.0', files, key: other, release })).toThrow(
      'not that of build/release.json',
    );
  });

  it('is not written where nothing is an update', () => {
    expect(writeSignedList({ folder, version: '0.2.0', files: [], key, release })).toEqual([]);
  });
});
