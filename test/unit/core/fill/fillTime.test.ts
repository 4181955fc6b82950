import { expect, it } from 'vitest';
import { fillTime } from '../../../../core/fill/fillTime.ts';
import type { FramePlan } from '../../../../core/frames/planFrames.ts';

const rect = { x: 0, y: 0, width: 128, height: 128 };
const plan: FramePlan = { frame: { rect, scale: 1, columns: 16, rows: 16 }, bounds: rect };
const fill = {
  plans: [plan],
  window: { min: 16, max: 16 },
  steps: 10,
  candidates: 2,
  guided: false,
  pass: 100,
};

it('is a pass for each step, candidate and window, two with guidance, and as many for coarse passes', () => {
  expect(fillTime(fill)).toBe(2000);
  expect(fillTime({ ...fill, guided: true })).toBe(4000);
  expect(fillTime({ ...fill, plans: [{ ...plan, coarse: plan }, plan] })).toBe(6000);
  const wide = {
    frame: { rect: { ...rect, width: 192 }, scale: 1, columns: 24, rows: 16 },
    bounds: { ...rect, width: 192 },
  };
  expect(fillTime({ ...fill, plans: [wide] })).toBe(4000);
  const corner = { ...wide, bounds: { x: 0, y: 0, width: 20, height: 20 } };
  expect(fillTime({ ...fill, plans: [corner] })).toBe(2000);
  expect(fillTime({ ...fill, plans: [] })).toBe(0);
});
