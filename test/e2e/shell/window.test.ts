import { callMain } from '../support/bridge.ts';
import { answerBoxes } from '../support/dialogs.ts';
import { expect, test } from '../support/test.ts';
import { temporaryFolder } from '../support/tessera.ts';

test('opens a window with its title', async ({ launch }) => {
  const { page, screenshot } = await launch({ size: { width: 1280, height: 720 } });
  await expect(page).toHaveTitle('Tessera');
  expect(page.url()).toBe('app://tessera/index.html');
  await screenshot('empty');
});

test('opens it where it was', async ({ launch }) => {
  const userData = temporaryFolder();
  const wanted = { x: 120, y: 80, width: 1100, height: 700 };
  const first = await launch({ userData });
  await first.app.evaluate(({ BrowserWindow }, bounds) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds(bounds);
    window?.close();
  }, wanted);
  await first.app.waitForEvent('close');

  const second = await launch({ userData });
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toEqual(wanted);
});

test('keeps preferences', async ({ launch }) => {
  const userData = temporaryFolder();
  const first = await launch({ userData });
  await callMain(first.page, 'preferences.write', { values: { overlay: '#f00' } });
  await first.app.close();
  const second = await launch({ userData });
  expect(await callMain(second.page, 'preferences.read', null)).toMatchObject({ ok: { overlay: '#f00' } });
});

test('a page that crashes can be opened again', async ({ launch }) => {
  const { app } = await launch();
  const asked = await answerBoxes(app, 0);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(asked).toEqual(['The window of Tessera has stopped.']);
  const facts = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]
        ?.webContents.executeJavaScript("tessera.call('app.info', null)")
        .catch(() => null),
    ) as Promise<unknown>;
  await expect.poll(facts).toMatchObject({ ok: { platform: process.platform } });
});

test('follows the system from light to dark', async ({ launch }) => {
  const { app, page } = await launch();
  await page.evaluate(() => {
    window.tessera.on('theme', ({ dark }) => {
      Object.assign(window, { toldDark: dark });
    });
  });
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await expect.poll(() => page.evaluate(() => 'toldDark' in window && window.toldDark)).toBe(true);
  expect(await callMain(page, 'app.info', null)).toMatchObject({ ok: { dark: true } });
});
