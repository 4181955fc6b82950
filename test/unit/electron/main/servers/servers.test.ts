import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cipher } from '../../../../../electron/main/servers/cipher.ts';
import { createServers, serversSchema } from '../../../../../electron/main/servers/servers.ts';
import { openJsonFile } from '../../../../../electron/main/settings.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tessera-servers-'));
  file = path.join(folder, 'servers.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Turns bytes around with a key, so that another key gives nothing that can be read. */
function cipherOf(key: number): Cipher {
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ key);
  return {
    encrypt: (text) => Promise.resolve(turn(new TextEncoder().encode(text))),
    decrypt: (bytes) => Promise.resolve(new TextDecoder().decode(turn(bytes))),
  };
}

/** The servers of one run of the program. */
async function start(cipher: Cipher | null) {
  const kept = await openJsonFile(file, serversSchema, []);
  let told = 0;
  const servers = createServers(
    kept,
    () => Promise.resolve(cipher),
    () => told++,
  );
  await servers.opened;
  return { servers, written: kept.written, told: () => told };
}

const URL = 'https://models.example.org:8000/triton/';
const ID = 'models.example.org:8000/triton';
const PEM = { cert: 'CERTIFICATE', key: 'KEY' };

test('a server outlives the program, and what opens it is encrypted', async () => {
  const first = await start(cipherOf(7));
  expect(await first.servers.add(URL, { token: 'hush', certificate: PEM })).toEqual({
    id: ID,
    url: URL,
    secret: 'kept',
  });
  expect(first.told()).toBe(1);
  expect(await first.servers.add('http://localhost:8000', {})).toMatchObject({
    id: 'localhost:8000',
    secret: 'none',
  });
  await first.written();
  const text = readFileSync(file, 'utf8');
  for (const secret of ['hush', 'CERTIFICATE', 'KEY', Buffer.from('hush').toString('base64')])
    expect(text).not.toContain(secret);

  const { servers } = await start(cipherOf(7));
  expect(servers.list().map(({ id, secret }) => [id, secret])).toEqual([
    [ID, 'kept'],
    ['localhost:8000', 'none'],
  ]);
  expect(JSON.stringify(servers.list())).not.toContain('hush');
  expect(servers.message()).toEqual({
    kind: 'servers',
    servers: [
      { id: ID, url: URL, token: 'hush', certificate: PEM },
      { id: 'localhost:8000', url: 'http://localhost:8000' },
    ],
  });
});

test('where the system keeps no keys, a token lasts as long as the program', async () => {
  const first = await start(null);
  expect(await first.servers.encrypts()).toBe(false);
  expect((await first.servers.add(URL, { token: 'hush' })).secret).toBe('session');
  expect(first.servers.message()).toMatchObject({ servers: [{ token: 'hush' }] });
  await first.written();
  expect(readFileSync(file, 'utf8')).not.toContain('hush');
  const second = await start(cipherOf(7));
  expect(second.servers.list()[0]!.secret).toBe('lost');
  expect(second.servers.message()).toEqual({ kind: 'servers', servers: [{ id: ID, url: URL }] });
});

test.each([cipherOf(8), null])('a token that cannot be decrypted any more is lost', async (other) => {
  const first = await start(cipherOf(7));
  await first.servers.add(URL, { token: 'hush' });
  await first.written();
  const { servers } = await start(other);
  expect(servers.list()[0]!.secret).toBe('lost');
  expect((await servers.add(URL, { token: 'again' })).secret).toBe(other ? 'kept' : 'session');
  expect(servers.list()).toHaveLength(1);
});

test('a removed server leaves nothing', async () => {
  const { servers, written, told } = await start(cipherOf(7));
  await servers.add(URL, { token: 'hush' });
  servers.remove(ID);
  expect(told()).toBe(2);
  expect(servers.message()).toEqual({ kind: 'servers', servers: [] });
  await written();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([]);
});
