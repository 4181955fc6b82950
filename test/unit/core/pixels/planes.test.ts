import { expect, test } from 'vitest';
import { toPicture } from '../../../../core/pixels/planes.ts';

test('planes become opaque bytes; what overshoots is clipped', () => {
  const planes = { width: 2, height: 1, data: Float32Array.of(0, 1, -0.3, 1.3, 0.5, 0.2) };
  expect(toPicture(planes).data).toEqual(Uint8Array.of(0, 0, 128, 255, 255, 255, 51, 255));
});
