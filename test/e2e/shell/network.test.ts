import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { callEngine, connectToEngine } from '../support/bridge.ts';
import { ask, candidates, opened, PATIENT, stroke } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';

const cat = path.join(root, 'assets', 'samples', 'chelsea.png');
const ELSEWHERE = ['HOME', 'USERPROFILE', 'TMPDIR', 'TEMP', 'TMP', 'LOCALAPPDATA', 'APPDATA'];
const XDG = ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'];

test('from its start over a fill to its end it writes into its own folder only', async ({ launch }) => {
  const home = temporaryFolder();
  const userData = path.join(home, 'settings');
  mkdirSync(userData);
  const env = Object.fromEntries([...ELSEWHERE, ...XDG].map((name) => [name, home]));
  const { app, page } = await launch({
    files: [cat],
    userData,
    env: { ...env, ORT_DISABLE_TELEMETRY: '' },
  });
  await opened(page, 'chelsea.png');
  await ask(page, 'Draft', 1);
  await stroke(page);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);
  await page.keyboard.press('Enter');
  await app.evaluate(({ app }) => {
    app.exit(0);
  });
  // Two of the desktop's own: what its widgets remember, and what the graphics driver compiled.
  const own = ['settings', 'dconf', 'mesa_shader_cache', 'mesa_shader_cache_db'];
  await expect.poll(() => readdirSync(home).filter((name) => !own.includes(name))).toEqual([]);
});

test('a page finds no way to a network, not even to this machine', async ({ launch }) => {
  const heard: string[] = [];
  const udp = createSocket('udp4', () => heard.push('udp')).bind(0, '127.0.0.1');
  const tcp = createServer((socket) => {
    heard.push('tcp');
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port };
  const { app, page, problems } = await launch();
  await page.evaluate(async ({ udp, tcp }) => {
    const servers = [
      { urls: `stun:127.0.0.1:${udp}` },
      { urls: `turn:127.0.0.1:${udp}`, username: 'a', credential: 'b' },
      { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: 'a', credential: 'b' },
    ];
    try {
      const connection = new RTCPeerConnection({ iceServers: servers });
      connection.createDataChannel('way out');
      await connection.setLocalDescription(await connection.createOffer());
    } catch {
      // refused at once
    }
    const address = `127.0.0.1:${tcp}`;
    await fetch(`http://${address}/`).catch(() => undefined);
    navigator.sendBeacon(`http://${address}/`);
    new Image().src = `http://${address}/a.png`;
    try {
      new WebSocket(`ws://${address}/`);
      new EventSource(`http://${address}/`);
    } catch {
      // refused at once
    }
    const hint = document.createElement('link');
    Object.assign(hint, { rel: 'preconnect', href: `http://${address}/` });
    document.head.append(hint);
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }, ports);
  // Nor does main, which no policy of a page binds.
  const refused = await app.evaluate(
    ({ net }, port) =>
      net.fetch(`http://127.0.0.1:${port}/`).then(
        () => false,
        () => true,
      ),
    ports.tcp,
  );
  expect(refused).toBe(true);
  expect(heard).toEqual([]);
  udp.close();
  tcp.close();
  problems.length = 0; // the refusals are told in the console
});

test('a page runs installed packages only, whatever path it sends', async ({ launch }) => {
  const { app, page } = await launch();
  const port = await connectToEngine(app, page);
  const tiny = path.join(root, 'test', 'fixtures', 'tiny-package', 'tiny');
  for (const id of [tiny, path.relative(root, tiny), `../../test/fixtures/tiny-package/tiny`, '/etc', '.']) {
    expect(await callEngine(port, 'package.load', { ref: id })).toMatchObject({
      code: 'package',
      message: expect.stringContaining('There is no package called'),
    });
  }
  expect(await callEngine(port, 'package.load', { ref: 'tessera-base' })).toMatchObject({
    id: 'tessera-base',
  });
});
