import { ask, candidates, PATIENT } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { type Cell, cellsChanged, COLUMNS, SIZE, TokenHand, UNIT } from './hand.ts';

const WINDOW = { width: 1500, height: 900 };

test('a token is asked about, suggestions are tried on in place, and one of them is taken', async ({
  launch,
}) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const { page, tessera } = hand;
  const before = await hand.picture();
  await hand.choose('Ask the model');
  await hand.drag([[10, 20]]);
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await expect(options).toHaveCount(16, PATIENT);
  await hand.canvas.focus();
  const labels = await options.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel ?? ''));
  const wanted = labels.findIndex((label, i) => i > 0 && !label.includes('there now'));
  for (let i = 0; i <= wanted; i++) await page.keyboard.press('ArrowRight');
  await expect(options.nth(wanted)).toHaveAttribute('aria-selected', 'true');
  await tessera.screenshot('tokens-suggestions');
  const code = Number(/Code (\d+)/.exec(labels[wanted]!)![1]);
  await expect(hand.undo).toBeDisabled(); // nothing is changed by trying
  await page.keyboard.press('Enter');
  await hand.settled();
  await expect(options).toHaveCount(0);
  expect(await hand.codeAt([10, 20])).toBe(code);
  const changed = cellsChanged(before, await hand.picture());
  expect(changed.filter((cell) => cell !== 10 * COLUMNS + 20)).toEqual([]);
});

test('what the model thinks is laid over the picture, and the least likely tokens become the hole', async ({
  launch,
}) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const { page, tessera } = hand;
  await page.getByText('What the model thinks').click();
  for (const kind of ['Confidence', 'Entropy', 'Error']) {
    await page.getByRole('radio', { name: kind }).check({ force: true });
    await expect(page.getByRole('group', { name: 'Scale of the heat map' })).toBeVisible(PATIENT);
    await hand.move([12, 30]);
    await tessera.screenshot(`tokens-heat-${kind.toLowerCase()}`);
  }
  await page.getByRole('button', { name: 'Select least likely tokens' }).click();
  await hand.settled();
  await tessera.screenshot('tokens-least-likely');
});

test('around a hint is filled; candidates are mixed, scrubbed and branched token by token', async ({
  launch,
}) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const { page, tessera } = hand;
  const box = (await hand.canvas.boundingBox())!; // the picture stays where it is when the strip comes
  const at = ([row, column]: Cell): [number, number] => [
    box.x + box.width / 2 + (column + 0.5) * UNIT - SIZE.width / 2,
    box.y + box.height / 2 + (row + 0.5) * UNIT - SIZE.height / 2,
  ];
  await hand.choose('Token brush');
  await hand.drag([[33, 41]], ['Alt']);
  const code = await hand.codeAt([33, 41]);
  await hand.choose('Token eraser');
  await hand.drag([
    [14, 20],
    [14, 24],
  ]);
  await hand.drag([
    [15, 20],
    [15, 24],
  ]);
  await hand.choose('Token brush');
  await hand.drag([[15, 22]]);
  await expect(hand.inspector).toContainText(`Code ${code}`, PATIENT);
  await page.getByRole('tab', { name: 'Fill' }).click();
  await ask(page, 'Draft', 2);
  await page.getByRole('tab', { name: 'Tokens' }).click();
  await hand.canvas.focus();
  await page.keyboard.press('Control+Enter');
  await expect(candidates(page)).toHaveCount(2, PATIENT);

  await page.keyboard.press('Alt+c');
  await hand.choose('Mix candidates');
  await tessera.screenshot('tokens-compare');
  await page.mouse.move(...at([14, 20]));
  await page.mouse.down();
  await page.mouse.move(...at([14, 22]), { steps: 6 });
  await page.mouse.up();
  await expect(candidates(page)).toHaveCount(3, PATIENT);
  await expect(page.getByRole('option', { name: /Mix/ })).toHaveAttribute('aria-selected', 'true');
  await tessera.screenshot('tokens-mix');

  await hand.canvas.focus();
  await page.keyboard.press('ArrowLeft'); // the candidate that the mix was made from
  for (let i = 0; i < 3; i++) await page.keyboard.press('Alt+ArrowLeft');
  await tessera.screenshot('tokens-scrub');
  await page.getByRole('button', { name: 'Same seed' }).click();
  await expect(candidates(page)).toHaveCount(4, PATIENT);
  await expect(page.getByRole('option', { name: /Branch 1/ })).toHaveAttribute('aria-selected', 'true');
  await hand.canvas.focus();
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(0);
  expect(await hand.codeAt([15, 22])).toBe(code);
  await expect(hand.inspector).toContainText(/pinned|kept/i);
});
