import { expect, test } from 'vitest';
import { opencvFillers } from '../../../../../bench/quality/baselines/opencv.ts';
import { rectangle } from '../../../../../bench/support.ts';
import { toPicture } from '../../../../../core/pixels/planes.ts';
import { planesOf } from '../../../core/pixels/random.ts';

test('Telea and Navier-Stokes continue a shade into the hole and leave the rest alone', async () => {
  const picture = toPicture(planesOf(48, 48, (x, _, c) => 0.2 + 0.01 * x + 0.05 * c));
  const hole = rectangle(picture, { x: 16, y: 16, width: 12, height: 12 });
  const erased = { ...picture, data: picture.data.slice() };
  hole.data.forEach((value, i) => value > 0 && erased.data.fill(255, 4 * i, 4 * i + 3));
  const { telea, navierStokes } = await opencvFillers();
  for (const fill of [telea, navierStokes]) {
    const filled = await fill(erased, hole);
    let most = 0;
    picture.data.forEach((value, i) => {
      const away = Math.abs(value - filled.data[i]!);
      if (hole.data[i >> 2] === 0) expect(away).toBe(0);
      else most = Math.max(most, away);
    });
    expect(most).toBeLessThan(25);
  }
});
