import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { serve } from '../../integration/native-models/runtime/server/standIn.ts';
import { answerBoxes } from '../support/dialogs.ts';
import { chooseInMenu } from '../support/menu.ts';
import { ask, candidates, opened, PATIENT, stroke } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { setTheme, violations } from '../ui/steps.ts';

const TINY = path.join(root, 'test', 'fixtures', 'tiny-package', 'tiny');
const TOKEN = 'a-token-that-stays-here';

/** The light theme is for eyes, as in ui/look.test.ts. */
const THEMES = process.env.TESSERA_LOOKS ? (['dark', 'light'] as const) : (['dark'] as const);

for (const theme of THEMES) {
  test(`a server is added, fills, is gone in the middle of a fill and is removed: ${theme}`, async ({
    launch,
  }) => {
    const packages = temporaryFolder();
    cpSync(TINY, path.join(packages, 'tiny'), { recursive: true });
    const server = await serve(TINY, 'tiny', { token: TOKEN });
    try {
      const { host } = new URL(server.url);
      const { app, page, screenshot, userData } = await launch({
        files: [path.join(root, 'assets', 'samples', 'coffee.png')],
        env: { TESSERA_PACKAGES: packages },
        size: { width: 1280, height: 720 },
      });
      await setTheme(app, page, theme);
      await opened(page, 'coffee.png');
      expect(server.asked).toEqual([]);

      // What is wrong with a server is said where it is described.
      await chooseInMenu(app, 'file.add-server');
      const dialog = page.getByRole('dialog', { name: 'Add a server' });
      await dialog.getByRole('textbox', { name: 'Address' }).fill(server.url);
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(dialog.getByRole('alert')).toContainText(
        `The server ${host} does not let you in.`,
        PATIENT,
      );
      await screenshot(`add-server-${theme}`);
      expect(await violations(page)).toEqual([]);
      await dialog.getByLabel('Token').fill(TOKEN);
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(dialog).toHaveCount(0, PATIENT);

      // Its package stands beside the same one here, and fills.
      await page.getByRole('tab', { name: 'Model' }).click();
      await page.getByRole('radio', { name: `Tiny greys on ${host}` }).check();
      await screenshot(`server-panel-${theme}`);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('tab', { name: 'Fill' }).click();
      await ask(page, 'Draft', 1);
      await stroke(page);
      await page.keyboard.press('Enter');
      await expect(candidates(page)).toHaveCount(1, PATIENT);
      const isRun = (asked: string): boolean => asked === 'POST v2/models/tiny-denoiser/infer';
      expect(server.asked.filter(isRun).length).toBeGreaterThan(0);

      // The plug is pulled after two steps of the next fill.
      let runs = 0;
      server.misbehave = ({ url }, response) => {
        if (!url?.endsWith('denoiser/infer') || ++runs <= 2) return false;
        response.destroy();
        return true;
      };
      await page.keyboard.press('Control+Shift+Enter');
      await expect(page.getByText(/, so the models run here\.$/)).toBeVisible(PATIENT);
      await expect(candidates(page)).toHaveCount(2, PATIENT);
      await screenshot(`server-gone-${theme}`);

      // Removed, it is asked nothing any more, and what opened it is in no file.
      await page.getByRole('tab', { name: 'Model' }).click();
      await answerBoxes(app, 0);
      await page.getByRole('button', { name: `Remove ${host}` }).click();
      await expect(page.getByRole('radio', { name: 'Tiny greys' })).toBeChecked(PATIENT);
      const asked = server.asked.length;
      await page.getByRole('tab', { name: 'Fill' }).click();
      await page.keyboard.press('Control+Shift+Enter');
      await expect(candidates(page)).toHaveCount(3, PATIENT);
      expect(server.asked).toHaveLength(asked);
      for (const name of readdirSync(userData).filter((each) => each.endsWith('.json')))
        expect(readFileSync(path.join(userData, name), 'utf8')).not.toContain(TOKEN);
    } finally {
      await server.stop();
    }
  });
}
