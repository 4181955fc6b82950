import path from 'node:path';
import { exportedMask, PATIENT } from '../support/steps.ts';
import { temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { type Cell, cellsBetween, cellsChanged, COLUMNS, SIZE, TokenHand } from './hand.ts';

const WINDOW = { width: 1500, height: 900 };

test('brush, line, rectangle and bucket change the squares that they paint, in one step each', async ({
  launch,
}) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const { page, tessera } = hand;
  const before = await hand.picture();
  const paints: [tool: string, from: Cell, to: Cell, cells: number[]][] = [
    ['Token brush', [5, 5], [5, 9], cellsBetween([5, 5], [5, 9])],
    ['Token line', [10, 12], [13, 15], [0, 1, 2, 3].map((step) => (10 + step) * COLUMNS + 12 + step)],
    ['Token rectangle', [20, 20], [22, 24], cellsBetween([20, 20], [22, 24])],
  ];
  await hand.choose('Token brush');
  await hand.drag([[20, 33]], ['Alt']); // a code of the cup: none of the cells on the table has it already
  for (const [tool, from, to, cells] of paints) {
    await hand.choose(tool);
    await hand.drag([from, to]);
    await hand.settled();
    await tessera.screenshot(`tokens-${tool.replace(' ', '-').toLowerCase()}`);
    const changed = cellsChanged(before, await hand.picture());
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((cell) => !cells.includes(cell))).toEqual([]);
    await hand.undoAll();
    expect(cellsChanged(before, await hand.picture())).toEqual([]);
  }

  await hand.choose('Token rectangle');
  await hand.drag([
    [30, 30],
    [32, 32],
  ]);
  await hand.settled();
  await hand.choose('Token picker');
  await hand.drag([[2, 2]]);
  await hand.choose('Token bucket');
  await hand.drag([[31, 31]]);
  await expect.poll(() => hand.codeAt([30, 32]), PATIENT).toBe(await hand.codeAt([2, 2]));
  const changed = cellsChanged(before, await hand.picture());
  expect(changed.filter((cell) => !cellsBetween([30, 30], [32, 32]).includes(cell))).toEqual([]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(hand.undo).toBeDisabled();
});

test('the picker takes a code, with Alt from any tool; the stamp copies tokens and puts them elsewhere', async ({
  launch,
}) => {
  const hand = await TokenHand.over(await launch({ size: WINDOW }));
  const before = await hand.picture();
  const wanted = await hand.codeAt([33, 41]);
  await hand.choose('Token brush');
  await hand.drag([[33, 41]], ['Alt']);
  await hand.drag([[4, 30]]);
  await expect.poll(() => hand.codeAt([4, 30]), PATIENT).toBe(wanted);
  await hand.settled();
  await hand.undoAll();

  await hand.choose('Token stamp');
  const [from, to] = [
    [20, 40],
    [22, 42],
  ] as const;
  const taken = [await hand.codeAt(from), await hand.codeAt([21, 41]), await hand.codeAt(to)];
  await hand.drag([from, to], ['Alt']);
  await hand.move([10, 10]);
  await hand.tessera.screenshot('tokens-stamp-ghost');
  await hand.drag([[10, 10]]);
  await hand.settled();
  await hand.tessera.screenshot('tokens-stamp');
  expect([await hand.codeAt([9, 9]), await hand.codeAt([10, 10]), await hand.codeAt([11, 11])]).toEqual(
    taken,
  );
  const changed = cellsChanged(before, await hand.picture());
  expect(changed.filter((cell) => !cellsBetween([9, 9], [11, 11]).includes(cell))).toEqual([]);
});

test('the eraser makes a hole of squares, and restoring brings back what was opened', async ({ launch }) => {
  const tessera = await launch({ size: WINDOW });
  const hand = await TokenHand.over(tessera);
  const before = await hand.picture();
  await hand.choose('Token eraser');
  await hand.drag([
    [6, 6],
    [6, 8],
  ]);
  await hand.settled();
  await tessera.screenshot('tokens-eraser');
  const mask = await exportedMask(tessera, path.join(temporaryFolder(), 'hole.png'), SIZE);
  const inHole = (x: number, y: number): boolean => x >= 60 && x < 90 && y >= 60 && y < 70;
  for (let i = 0; i < mask.data.length; i++) {
    const wanted = inHole(i % SIZE.width, Math.floor(i / SIZE.width)) ? 255 : 0;
    if (mask.data[i] !== wanted) expect([i, mask.data[i]]).toEqual([i, wanted]);
  }

  await hand.choose('Token rectangle');
  await hand.drag([
    [20, 20],
    [21, 22],
  ]);
  await expect
    .poll(async () => cellsChanged(before, await hand.picture()).length, PATIENT)
    .toBeGreaterThan(0);
  await hand.choose('Restore tokens');
  await hand.drag([
    [20, 20],
    [20, 22],
  ]);
  await hand.drag([
    [21, 20],
    [21, 22],
  ]);
  await expect.poll(async () => cellsChanged(before, await hand.picture()), PATIENT).toEqual([]);
  await tessera.screenshot('tokens-restored');
});

test('tokens are pinned, and the model is asked about one and about a group', async ({ launch }) => {
  const tessera = await launch({ size: WINDOW });
  const hand = await TokenHand.over(tessera);
  await hand.choose('Pin tokens');
  await hand.drag([
    [8, 8],
    [8, 10],
  ]);
  await hand.settled();
  await hand.move([8, 9]);
  await expect(hand.inspector).toContainText('pinned');
  await tessera.screenshot('tokens-pins');
  await hand.drag([[8, 9]], ['Alt']);
  await hand.move([8, 9]);
  await expect(hand.inspector).not.toContainText('pinned');

  await hand.choose('Ask the model');
  await hand.drag([
    [15, 20],
    [16, 21],
  ]);
  const suggestions = hand.page.getByRole('listbox', { name: /suggest/i }).getByRole('option');
  await expect(suggestions).toHaveCount(16, PATIENT);
  await tessera.screenshot('tokens-ask');
});

test('everything is there for the keyboard: the cell, painting, erasing', async ({ launch }) => {
  const tessera = await launch({ size: WINDOW });
  const hand = await TokenHand.over(tessera);
  const { page } = hand;
  const before = await hand.picture();
  await hand.canvas.focus();
  await page.keyboard.press('t');
  await page.keyboard.press('ArrowRight'); // shows where it is
  await expect(hand.inspector.getByText(/row \d+, column \d+/)).toBeVisible();
  const place = await hand.inspector.getByText(/row \d+, column \d+/).innerText();
  const [row, column] = place.match(/\d+/g)!.map(Number) as [number, number];
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(hand.inspector).toContainText(`row ${row + 8}, column ${column + 1}`);
  await page.keyboard.press('Shift+i'); // picks
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+Enter');
  await hand.settled();
  await tessera.screenshot('tokens-keyboard');
  const cell = (row + 16) * COLUMNS + column + 1;
  expect(cellsChanged(before, await hand.picture())).toEqual([cell]);
  await page.keyboard.press('Shift+t'); // a line, from one press to the next
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Enter');
  const line = [cell + COLUMNS, cell + COLUMNS + 1, cell + COLUMNS + 2];
  await expect.poll(async () => cellsChanged(before, await hand.picture()), PATIENT).toEqual([cell, ...line]);
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Delete');
  const mask = await exportedMask(tessera, path.join(temporaryFolder(), 'hole.png'), SIZE);
  expect(mask.data.filter((value) => value === 255)).toHaveLength(100);
});
