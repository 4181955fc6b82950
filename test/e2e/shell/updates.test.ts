import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  installedAppImage,
  LIST,
  type ReleaseServer,
  startReleases,
} from '../../integration/electron/main/updates/support.ts';
import { answerBoxes } from '../support/dialogs.ts';
import { chooseInMenu, menuItem } from '../support/menu.ts';
import { opened, PATIENT, stroke } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { violations } from '../ui/steps.ts';

const cat = path.join(root, 'assets', 'samples', 'chelsea.png');

test('without an address of releases there is nothing to ask for', async ({ launch }) => {
  const { app, page } = await launch({ files: [cat] });
  await opened(page, 'chelsea.png');
  await expect.poll(() => menuItem(app, 'help.updates')).toMatchObject({ enabled: false });
  await page.keyboard.press('Control+,');
  await expect(
    page.getByRole('switch', { name: 'Open the pictures of last time at the start' }),
  ).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Look for updates at the start' })).toHaveCount(0);
});

test('a newer version is looked for, downloaded and installed, each when it is asked for', async ({
  launch,
}) => {
  test.skip(process.platform !== 'linux', 'it is an AppImage that is replaced');
  test.skip(process.env.TESSERA_EXECUTABLE !== undefined, 'a packaged application knows no test server');
  const releases = await startReleases();
  try {
    const installed = installedAppImage(releases.folder);
    const { app, page, screenshot } = await launch({
      application: applicationOf(releases),
      files: [cat],
      env: { APPIMAGE: installed, APPDIR: '/' },
      size: { width: 1280, height: 720 },
    });
    await opened(page, 'chelsea.png');
    await stroke(page); // something unsaved
    await page.waitForTimeout(1000);
    expect(releases.asked).toEqual([]);

    await chooseInMenu(app, 'help.updates');
    const dialog = page.getByRole('dialog', { name: 'Updates' });
    await expect(dialog).toContainText('does not tell which version is the newest');
    const started = releases.publish('0.2.0');
    appendFileSync(releases.file(LIST), '\n');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(dialog).toContainText("is not signed with Tessera's key");
    await screenshot('updates-not-signed');
    expect(await violations(page)).toEqual([]);

    releases.publish('0.2.0');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(dialog).toContainText('Tessera 0.2.0 can be had.');
    releases.cutAt = 1000;
    await dialog.getByRole('button', { name: 'Download' }).click();
    await expect(dialog).toContainText('did not arrive as it was published');
    releases.cutAt = Infinity;
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByRole('button', { name: 'Download' }).click();
    await expect(dialog).toContainText('Tessera 0.2.0 is downloaded.');
    await screenshot('updates-ready');
    expect(await violations(page)).toEqual([]);

    // The usual question comes first, and may be answered with no.
    const [LEAVE, CANCEL] = [1, 2];
    const asked = await answerBoxes(app, CANCEL);
    await dialog.getByRole('button', { name: 'Install and restart' }).click();
    await expect.poll(async () => (await asked()).length).toBe(1);
    expect(existsSync(started)).toBe(false);
    await answerBoxes(app, LEAVE);
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    await chooseInMenu(app, 'help.updates');
    await dialog.getByRole('button', { name: 'Install and restart' }).click();
    await ended;
    await expect.poll(() => existsSync(started), PATIENT).toBe(true);
    expect(readFileSync(installed, 'utf8')).toContain('started-0.2.0');
  } finally {
    releases.close();
  }
});

/** A copy of the application that knows where releases lie. */
function applicationOf({ release }: ReleaseServer): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'dist'));
  cpSync(path.join(root, 'dist', 'app'), path.join(folder, 'dist', 'app'), {
    recursive: true,
    filter: (file) => !file.endsWith('.map'),
  });
  writeFileSync(path.join(folder, 'dist', 'app', 'release.json'), JSON.stringify(release));
  for (const name of ['assets', 'native-models', 'node_modules'])
    symlinkSync(path.join(root, name), path.join(folder, name));
  const described = { name: 'tessera', productName: 'Tessera', version: '0.1.0', main: 'dist/app/main.cjs' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(described));
  return folder;
}
