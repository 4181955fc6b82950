import { describe, expect, it } from 'vitest';
import { heatColour, heatScale } from '../../../../../renderer/state/tokens/heatColours.ts';

describe('the colours of heat maps', () => {
  it('go from dark blue to yellow, and no further', () => {
    expect([heatColour(0), heatColour(1)]).toEqual(['#440154', '#fde725']);
    expect([heatColour(-3), heatColour(7)]).toEqual(['#440154', '#fde725']);
    expect(heatColour(0.5)).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('become steadily lighter, so that greys would tell the same', () => {
    const luminance = (colour: number): number =>
      0.2126 * ((colour >> 16) & 0xff) ** 2.2 +
      0.7152 * ((colour >> 8) & 0xff) ** 2.2 +
      0.0722 * (colour & 0xff) ** 2.2;
    const lights = Array.from(heatScale(64), luminance);
    for (let i = 1; i < lights.length; i++) expect(lights[i]!).toBeGreaterThan(lights[i - 1]!);
  });

  it('are the same as numbers', () => {
    expect(heatScale(3)[1]!.toString(16).padStart(6, '0')).toBe(heatColour(0.5).slice(1));
  });
});
