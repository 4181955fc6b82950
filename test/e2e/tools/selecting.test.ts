import { bounds } from '../../../core/pixels/masks/mask.ts';
import { expect, test } from '../support/test.ts';
import { Hand, SIZE, squaresFile, values } from './hand.ts';

test('the brush paints, the eraser takes away, and each stroke is one step', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { page } = hand;
  await expect(hand.canvas).toHaveAttribute('aria-label', /^squares.png, 320 by 240 pixels/);

  await hand.drag([
    [60, 120],
    [160, 120],
    [160, 180],
  ]);
  const painted = await hand.selection();
  expect(
    values(painted, [
      [60, 120],
      [110, 120],
      [160, 150],
      [110, 180],
      [60, 200],
    ]),
  ).toEqual([255, 255, 255, 0, 0]);
  const { y, height } = bounds(painted!)!;
  expect([Math.abs(y - (120 - 12)) <= 1, Math.abs(y + height - (180 + 12)) <= 1]).toEqual([true, true]); // 24 px wide, a tenth of the picture's height

  await hand.choose('Mask eraser');
  await hand.drag([
    [110, 90],
    [110, 150],
  ]);
  expect(
    values(await hand.selection(), [
      [60, 120],
      [110, 120],
      [160, 120],
    ]),
  ).toEqual([255, 0, 255]);

  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('Brush', { exact: true })).toHaveCount(1);
  await expect(page.getByText('Eraser', { exact: true })).toHaveCount(1);
  await page.keyboard.press('Control+z');
  expect(values(await hand.selection(), [[110, 120]])).toEqual([255]);
  await page.keyboard.press('Control+z');
  expect(await hand.selection()).toBeNull();
  await page.keyboard.press('Control+Shift+z');
  expect((await hand.selection())!.data).toEqual(painted!.data);
});

test('strokes begin outside, go straight with Shift, stop on Escape, and need the left button', async ({
  launch,
}) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { page } = hand;
  await hand.drag([
    [-60, 30],
    [40, 30],
  ]);
  expect(
    values(await hand.selection(), [
      [0, 30],
      [39, 30],
      [90, 30],
    ]),
  ).toEqual([255, 255, 0]);

  await hand.drag([[240, 210]], { keys: ['Shift'] });
  expect(
    values(await hand.selection(), [
      [140, 120],
      [240, 210],
      [240, 30],
    ]),
  ).toEqual([255, 255, 0]);

  await page.keyboard.press('Control+d');
  await hand.move([100, 100]);
  await page.mouse.down();
  await hand.move([200, 100], 5);
  await page.keyboard.press('Escape');
  await hand.move([200, 160], 5);
  await page.mouse.up();
  expect(await hand.selection()).toBeNull();

  await hand.drag(
    [
      [100, 100],
      [200, 100],
    ],
    { button: 'right' },
  );
  expect(await hand.selection()).toBeNull();

  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(page.getByRole('spinbutton', { name: 'Size' })).toHaveValue('17');
});

test('a pen paints as wide as it is pressed', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const pen = await hand.page.context().newCDPSession(hand.page);
  const act = async (type: string, x: number, force: number): Promise<void> => {
    const [left, top] = await hand.screen([x, 120]);
    const held = { button: 'left', buttons: 1, clickCount: 1, pointerType: 'pen', force };
    await pen.send('Input.dispatchMouseEvent', { type, x: left, y: top, ...held } as never);
  };
  await hand.move([100, 120]);
  await act('mousePressed', 100, 0.5);
  for (let x = 110; x <= 200; x += 10) await act('mouseMoved', x, 0.5);
  await act('mouseReleased', 200, 0);
  const { height } = bounds((await hand.selection())!)!;
  expect(Math.abs(height - 12)).toBeLessThanOrEqual(2); // half of 24 px
});

test('shapes select the pixels they were drawn over, and add, subtract and intersect', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  await hand.choose('Rectangle');
  await hand.drag([
    [20.5, 30.5],
    [119.5, 89.5],
  ]);
  expect(bounds((await hand.selection())!)).toEqual({ x: 20, y: 30, width: 100, height: 60 });

  await hand.drag(
    [
      [200.5, 100.5],
      [219.5, 119.5],
    ],
    { keys: ['Shift'] },
  );
  await hand.drag(
    [
      [40.5, 30.5],
      [59.5, 119.5],
    ],
    { keys: ['Alt'] },
  );
  expect(
    values(await hand.selection(), [
      [30, 50],
      [50, 50],
      [210, 110],
    ]),
  ).toEqual([255, 0, 255]);

  await hand.choose('Ellipse');
  await hand.drag(
    [
      [80.5, 30.5],
      [239.5, 129.5],
    ],
    { keys: ['Shift', 'Alt'] },
  );
  expect(
    values(await hand.selection(), [
      [30, 50],
      [110, 80],
      [81, 31],
      [210, 110],
    ]),
  ).toEqual([0, 255, 0, 255]);

  await hand.click([300, 200]);
  expect(await hand.selection()).toBeNull();
});

test('the lasso and the polygon select what they go around', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { keyboard } = hand.page;
  const corners = [
    [40, 40],
    [200, 40],
    [40, 200],
  ] as const;
  const inAndOut = [
    [80, 80],
    [180, 180],
  ] as const;
  await hand.choose('Lasso');
  await hand.drag(corners);
  expect(values(await hand.selection(), inAndOut)).toEqual([255, 0]);

  await hand.click([300, 220]);
  await hand.choose('Polygon');
  for (const corner of corners) await hand.click(corner);
  await hand.click([200, 200]);
  await keyboard.press('Backspace');
  await keyboard.press('Enter'); // closes the shape, and fills nothing
  expect(values(await hand.selection(), inAndOut)).toEqual([255, 0]);
  await expect(hand.page.getByRole('listbox', { name: 'Candidates' })).toHaveCount(0);

  await keyboard.press('Control+d');
  for (const corner of corners.slice(0, 2)) await hand.click(corner);
  await hand.page.mouse.dblclick(...(await hand.screen(corners[2])));
  expect(values(await hand.selection(), inAndOut)).toEqual([255, 0]);

  await keyboard.press('Control+d');
  for (const corner of corners) await hand.click(corner);
  await keyboard.press('Escape');
  expect(await hand.selection()).toBeNull();
});

test('the wand selects a patch, the colour picker a colour', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const squares = [
    [60, 60],
    [220, 140],
    [120, 60],
  ] as const;
  await hand.choose('Wand');
  await hand.click([45, 45]);
  expect(values(await hand.selection(), squares)).toEqual([255, 0, 0]);
  await hand.page.getByRole('switch', { name: 'Contiguous' }).click();
  await hand.click([45, 45]);
  expect(values(await hand.selection(), squares)).toEqual([255, 255, 0]);

  await hand.page.keyboard.press('Control+d');
  await hand.choose('Select by colour');
  await hand.click([205, 125]);
  expect(values(await hand.selection(), squares)).toEqual([255, 255, 0]);
  await hand.page.keyboard.press('Control+Shift+i');
  const inverted = await hand.selection();
  expect(values(inverted, squares)).toEqual([0, 0, 255]);
  expect(inverted!.width).toBe(SIZE.width);
});
