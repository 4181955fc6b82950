import type { Page } from '@playwright/test';
import { callMain } from '../support/bridge.ts';
import { expect, test } from '../support/test.ts';

test('the page has neither node nor Electron', async ({ launch }) => {
  const { app, page } = await launch();
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', '__dirname', 'ipcRenderer'].filter((name) => name in window),
  );
  expect(found).toEqual([]);
  expect(await page.evaluate(() => Object.keys(window.tessera).sort())).toEqual([
    'call',
    'dropped',
    'locales',
    'on',
  ]);
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    // Not in Electron's types, but the one way to ask what a window really runs with.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Electron.WebPreferences;
    };
    const { sandbox, contextIsolation, nodeIntegration, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webviewTag };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });
});

test('its policy lets only its own files run', async ({ launch }) => {
  const { page, problems } = await launch();
  const policy = await page.evaluate(async () =>
    (await fetch('app://tessera/index.html')).headers.get('Content-Security-Policy'),
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  const refused = await page.evaluate(async () => {
    const seen = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      seen.add(effectiveDirective),
    );
    const attempts: Record<string, () => unknown> = {
      'a script by name': () => (document.createElement('script').src = 'https://example.com/script.js'),
      'a handler as text': () => {
        document.body.setAttribute('onclick', 'window.ran = true');
      },
      markup: () => (document.createElement('p').innerHTML = '<b>markup</b>'),
      'a style as text': () => {
        document.body.setAttribute('style', 'color: red');
      },
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        attempt();
      } catch {
        seen.add(name);
      }
    }
    new Image().src = 'https://example.com/picture.png';
    await fetch('https://example.com/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return [...seen];
  });
  const wanted = [
    'a script by name',
    'a handler as text',
    'markup',
    'style-src-attr',
    'img-src',
    'connect-src',
  ];
  expect(refused).toEqual(expect.arrayContaining(wanted));
  problems.length = 0; // every refusal is told in the console
});

test('serves the files of the page and no others', async ({ launch }) => {
  const { page, problems } = await launch();
  const statuses = await page.evaluate(async () => {
    const asked = [
      '/main.cjs',
      '/../main.cjs',
      '/%2e%2e/main.cjs',
      '/%2e%2e%2fmain.cjs',
      '/..%5cmain.cjs',
      '/',
    ];
    return Promise.all(asked.map(async (path) => (await fetch(`app://tessera${path}`)).status));
  });
  expect(new Set(statuses)).toEqual(new Set([404]));
  problems.length = 0; // each is told in the console
});

test('refuses every permission', async ({ launch }) => {
  const { page } = await launch();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const asked = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(asked)).map(({ state }) => state);
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  const camera = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (error: unknown) => (error as Error).name,
    ),
  );
  expect(camera).not.toBe('given');
});

test('goes nowhere else, and opens no other window', async ({ launch }) => {
  const { app, page, problems } = await launch();
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
  await page.evaluate(() => {
    window.location.href = 'https://example.com/';
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'file:///etc/hostname';
    link.target = '_blank';
    document.body.append(link);
    link.click();
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe('app://tessera/index.html');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expectAlive(page);
  problems.length = 0; // the refusals are told in the console
});

test('refuses calls that are none of its own', async ({ launch }) => {
  const { page } = await launch();
  expect(await callMain(page, 'files.delete', null)).toEqual({
    error: { code: 'usage', message: 'There is no method called "files.delete".' },
  });
  expect(await callMain(page, 'toString', null)).toMatchObject({ error: { code: 'usage' } });
  expect(await callMain(page, 'files.open', { kind: 'anything' })).toEqual({
    error: { code: 'usage', message: 'The window sent files.open with a value that does not fit (kind).' },
  });
  expect(await callMain(page, 'files.open', { kind: 'any', path: '/etc/passwd' })).toMatchObject({
    error: { code: 'usage' },
  });
  expect(await callMain(page, 'files.reveal', { file: 'guessed' })).toMatchObject({
    error: { code: 'usage', message: 'This file was not chosen by anyone.' },
  });
});

test('answers its own window only', async ({ launch }) => {
  const { app, page } = await launch();
  const outcome = await app.evaluate(async ({ BrowserWindow, app }) => {
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload: `${app.getAppPath()}/dist/app/preload.cjs`, sandbox: true },
    });
    await other.loadURL('data:text/html,<title>Foreign</title>');
    const answer: unknown = await other.webContents.executeJavaScript("tessera.call('app.info', null)");
    other.destroy();
    return answer;
  });
  expect(outcome).toEqual({ error: { code: 'usage', message: 'Only the window of Tessera is answered.' } });
  await expectAlive(page);
});

async function expectAlive(page: Page): Promise<void> {
  expect(await callMain(page, 'preferences.read', null)).toEqual({ ok: {} });
}
