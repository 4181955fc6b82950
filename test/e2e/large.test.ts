import path from 'node:path';
import type { Mask } from '../../core/pixels/masks/mask.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import { readPicture } from '../../electron/io/readPicture.ts';
import { largeJpeg } from './support/largePicture.ts';
import { ask, candidates, exported, exportedMask, opened, PATIENT, stroke } from './support/steps.ts';
import { temporaryFolder } from './support/tessera.ts';
import { expect, test } from './support/test.ts';

test('a photograph of 24 MP is opened, filled and exported, and is the same to the bit elsewhere', async ({
  launch,
}) => {
  const photo = await largeJpeg();
  const tessera = await launch({ files: [photo] });
  const { page } = tessera;
  const folder = temporaryFolder();
  await opened(page, '6000 by 4000 pixels');
  await ask(page, 'Draft', 1);
  await stroke(page);
  const { picture: before } = await readPicture(photo);
  const mask = await exportedMask(tessera, path.join(folder, 'mask.png'), before);

  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(0);

  const after = await exported(tessera, path.join(folder, 'result.png'));
  expect([after.width, after.height]).toEqual([before.width, before.height]);
  expect(takeBack(after, before, mask)).toBeGreaterThan(1000);
  expect(Buffer.compare(after.data, before.data)).toBe(0);
});

/** Gives a picture the pixels of another wherever a mask selects; says how many of them were different. */
function takeBack(picture: Picture, other: Picture, { data }: Mask): number {
  const [to, from] = [pixels(picture), pixels(other)];
  let changed = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0 || to[i] === from[i]) continue;
    to[i] = from[i]!;
    changed++;
  }
  return changed;
}

/** The same bytes, a pixel each. */
function pixels({ data }: Picture): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}
