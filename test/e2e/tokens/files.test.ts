import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTokenFile, type TokenFile } from '../../../core/tokens/tokenFile.ts';
import { chooseFile } from '../support/dialogs.ts';
import { chooseInMenu } from '../support/menu.ts';
import { ask, candidates, PATIENT } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { cellsChanged, COLUMNS, TokenHand } from './hand.ts';

const WINDOW = { width: 1500, height: 900 };

test('tokens go to a file, through the command line, and back', async ({ launch }) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const { app } = hand.tessera;
  const folder = temporaryFolder();
  const before = await hand.picture();
  const written = await exportedTokens(hand, path.join(folder, 'coffee.json'));
  expect(written).toMatchObject({ width: 60, height: 40, picture: { width: 600, height: 400 } });
  tessera(folder, ['tokens', 'coffee.json', '--set', '4,6=17', '--out', 'edited.json']);

  await chooseFile(app, path.join(folder, 'edited.json'));
  await chooseInMenu(app, 'tokens.import');
  await hand.settled();
  expect(await hand.codeAt([4, 6])).toBe(17);
  expect(cellsChanged(before, await hand.picture())).toEqual([4 * COLUMNS + 6]);
});

test('tokens are copied as text, and pasted as a stamp', async ({ launch }) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const { page } = hand;
  await hand.choose('Token brush');
  await hand.canvas.focus();
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 60 × 40 tokens.')).toBeVisible(PATIENT);
  const text = await hand.tessera.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ width: 60, height: 40 });
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('button', { name: 'Token stamp', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('the command line repeats a fill to the token', async ({ launch }) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const { page } = hand;
  const { app } = hand.tessera;
  const folder = temporaryFolder();
  await hand.choose('Token eraser');
  await hand.drag([
    [14, 20],
    [14, 24],
  ]);
  await hand.settled();
  await page.getByRole('tab', { name: 'Fill' }).click();
  await ask(page, 'Draft', 1);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);
  await expect(page.getByRole('progressbar')).toHaveCount(0, PATIENT);

  await chooseFile(app, path.join(folder, 'request.json'));
  await chooseInMenu(app, 'tokens.copy-command');
  await expect(page.getByText('Exported request.json.')).toBeVisible(PATIENT);
  const command = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(tokensIn(path.join(folder, 'request.json')).ids.filter((id) => id < 0)).toHaveLength(5);
  tessera(folder, command.split(' ').slice(1));

  await hand.canvas.focus();
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(0);
  const accepted = await exportedTokens(hand, path.join(folder, 'accepted.json'));
  expect(tokensIn(path.join(folder, 'request-filled.json')).ids).toEqual(accepted.ids);
});

async function exportedTokens({ tessera: { app, page } }: TokenHand, file: string): Promise<TokenFile> {
  await chooseFile(app, file);
  await chooseInMenu(app, 'tokens.export');
  await expect(page.getByText(`Exported ${path.basename(file)}.`)).toBeVisible(PATIENT);
  return tokensIn(file);
}

function tokensIn(file: string): TokenFile {
  return parseTokenFile(readFileSync(file, 'utf8'), file);
}

/** Runs the command line in a folder. */
function tessera(folder: string, args: readonly string[]): void {
  const run = spawnSync(process.execPath, [path.join(root, 'build', 'tessera.mjs'), ...args], {
    cwd: folder,
  });
  expect(run.status, run.stderr.toString()).toBe(0);
}
