import { describe, expect, it } from 'vitest';
import { MASK } from '../../../../../core/tokens/grid.ts';
import {
  colourTokens,
  opaque,
  palettePixels,
} from '../../../../../renderer/canvas/selection/tokenColours.ts';

const PALETTE = palettePixels(['#102030', '#ff0000']);
const STILL = { palette: PALETTE, veil: opaque('#4fd1b9'), phase: null };

function paint(ids: number[] | undefined, decoded?: number[], phase: number | null = null): Uint32Array {
  const out = new Uint32Array(4);
  const array = (list?: number[]): Int32Array | undefined => list && Int32Array.from(list);
  colourTokens(out, 2, array(ids), array(decoded), { ...STILL, phase });
  return out;
}

function alpha(pixel: number): number {
  return pixel >>> 24;
}

describe('tokens that are revealed', () => {
  it('have the colour of their code', () => {
    expect([...new Uint8Array(PALETTE.buffer)].slice(0, 4)).toEqual([0x10, 0x20, 0x30, 255]);
    const out = paint([0, 1, MASK, MASK]);
    expect([out[0], out[1]]).toEqual([PALETTE[0], PALETTE[1]]);
  });

  it('lie under a veil while they are missing, all of them before the first step', () => {
    for (const pixel of paint(undefined)) {
      expect(alpha(pixel)).toBeGreaterThan(0);
      expect(alpha(pixel)).toBeLessThan(255);
      expect(pixel & 0xffffff).toBe(opaque('#4fd1b9') & 0xffffff);
    }
  });

  it('show the picture where it was decoded with them, and their colour where they came since', () => {
    const out = paint([0, 1, MASK, 1], [0, MASK, MASK, MASK]);
    expect([out[0], out[1], alpha(out[2]!) > 0, out[3]]).toEqual([0, PALETTE[1], true, PALETTE[1]]);
  });

  it('let a light run over the veil', () => {
    const alphas = (phase: number | null): number[] => [...paint(undefined, undefined, phase)].map(alpha);
    const still = alphas(null);
    const bright = Math.max(...Array.from({ length: 20 }, (_, i) => Math.max(...alphas(i / 20))));
    expect(new Set(still).size).toBe(1);
    expect(bright).toBeGreaterThan(still[0]!);
    expect(Math.min(...alphas(0.4))).toBeGreaterThanOrEqual(still[0]!);
  });
});
