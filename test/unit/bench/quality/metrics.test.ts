import { describe, expect, test } from 'vitest';
import {
  absoluteError,
  borderStep,
  edgeEnergy,
  entropy,
  perplexity,
  psnr,
  ssim,
} from '../../../../bench/quality/metrics.ts';
import { bitsPerToken } from '../../../../bench/quality/tokenBits.ts';
import { rectangle } from '../../../../bench/support.ts';
import { createGrid } from '../../../../core/tokens/grid.ts';
import { noisePlanes, planesOf } from '../../core/pixels/random.ts';

const box = (x: number, y: number, width: number, height: number) =>
  rectangle({ width: 16, height: 16 }, { x, y, width, height });

describe('metrics', () => {
  const grey = planesOf(16, 16, () => 0.5);

  test('PSNR of an error of a tenth everywhere is 20 dB, and counts the selection alone', () => {
    expect(
      psnr(
        grey,
        planesOf(16, 16, () => 0.6),
      ),
    ).toBeCloseTo(20, 4);
    const corner = planesOf(16, 16, (x, y) => (x < 4 && y < 4 ? 0.6 : 0.5));
    expect(psnr(grey, corner, box(0, 0, 4, 4))).toBeCloseTo(20, 4);
    expect(psnr(grey, corner, box(8, 8, 4, 4))).toBe(100);
  });

  test('the absolute error is counted in levels of 255, in the selection alone', () => {
    const corner = planesOf(16, 16, (x, y) => (x < 4 && y < 4 ? 0.6 : 0.5));
    expect(absoluteError(grey, corner, box(0, 0, 4, 8))).toBeCloseTo(12.75, 4);
  });

  test('SSIM is 1 for the same picture and less for another', () => {
    const noise = noisePlanes(32, 32, 1);
    expect(ssim(noise, noise)).toBeCloseTo(1, 6);
    expect(ssim(noise, noisePlanes(32, 32, 2))).toBeLessThan(0.2);
  });

  test('edge energy of a ramp is its slope; a flat picture has none', () => {
    const inside = box(2, 2, 8, 8);
    expect(
      edgeEnergy(
        planesOf(16, 16, (x) => x / 32),
        inside,
      ),
    ).toBeCloseTo(1 / 64, 6); // across it rises, down it does not
    expect(edgeEnergy(grey, inside)).toBe(0);
  });

  test('the border step is the step', () => {
    const inBox = (x: number, y: number): boolean => x >= 4 && x < 10 && y >= 5 && y < 12;
    expect(
      borderStep(
        planesOf(16, 16, (x, y) => (inBox(x, y) ? 0.75 : 0.5)),
        box(4, 5, 6, 7),
      ),
    ).toBeCloseTo(0.25, 6);
  });

  test('perplexity counts codes that are used alike', () => {
    expect(perplexity(Float64Array.of(3, 3, 3, 0, 0))).toBeCloseTo(3, 10);
    expect(perplexity(Float64Array.of(8, 0))).toBeCloseTo(1, 10);
    expect(entropy(Float64Array.of(4, 2, 2))).toBeCloseTo(1.5, 10);
  });
});

test('a denoiser that knows nothing costs log2 K bits per token', async () => {
  const denoiser = {
    codes: 16,
    window: { min: 2, max: 8 },
    predict: ({ select }: { select: Int32Array }) =>
      Promise.resolve(new Float32Array(select.length * 16).fill(0.3)),
  };
  const grids = [createGrid(4, 4, new Int32Array(16).fill(5)), createGrid(3, 2, new Int32Array(6).fill(9))];
  expect(await bitsPerToken(denoiser, grids, 0.5, 1)).toBeCloseTo(4, 5);
});
