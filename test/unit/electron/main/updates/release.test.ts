import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, readRelease } from '../../../../../electron/main/updates/release.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const release = {
  url: 'https://releases.example.org/tessera',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
};

describe('the release that a build knows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tessera-release-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function read(value: unknown) {
    const file = path.join(folder, 'release.json');
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    return readRelease(file);
  }

  it('is read', () => {
    expect(read(release)).toEqual(release);
    expect(read({ ...release, url: 'http://127.0.0.1:8000' })).not.toBeNull();
  });

  it('is none where there is no file, or nothing that can be trusted in it', () => {
    expect(readRelease(path.join(folder, 'nothing.json'))).toBeNull();
    expect(read({ url: null, publicKey: null })).toBeNull();
    expect(read({ url: release.url })).toBeNull();
    expect(read({ ...release, url: 'http://releases.example.org' })).toBeNull(); // not encrypted
    expect(read({ ...release, url: 'file:///tmp' })).toBeNull();
    expect(read('{')).toBeNull();
  });
});

describe('a signature', () => {
  const bytes = Buffer.from('version: 0.2.0\n');
  const signature = sign(null, bytes, privateKey).toString('base64');

  it('holds for these bytes and this key alone', () => {
    expect(isSigned(bytes, signature, release)).toBe(true);
    expect(isSigned(bytes, `${signature}\n`, release)).toBe(true);
    expect(isSigned(Buffer.from('version: 0.2.1\n'), signature, release)).toBe(false);
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
    expect(isSigned(bytes, signature, { ...release, publicKey: other.toString('base64') })).toBe(false);
  });

  it('of another kind, or none, does not hold', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsaKey = rsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const rsaSignature = sign(null, bytes, rsa.privateKey).toString('base64');
    expect(isSigned(bytes, rsaSignature, { ...release, publicKey: rsaKey })).toBe(false);
    for (const nothing of ['', 'AAAA', '?', signature.slice(0, -8)])
      expect(isSigned(bytes, nothing, release)).toBe(false);
    expect(isSigned(bytes, signature, { ...release, publicKey: 'AAAA' })).toBe(false);
  });
});
