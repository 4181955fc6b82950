import { describe, expect, it } from 'vitest';
import { sideBySide, withOverlay } from '../../../../../electron/cli/demo/sideBySide.ts';

const flat = (width: number, height: number, value: number) => ({
  width,
  height,
  data: new Uint8Array(width * height * 4).fill(value).map((v, i) => (i % 4 === 3 ? 255 : v)),
});

describe('sideBySide', () => {
  it('puts pictures next to each other on white', () => {
    const sheet = sideBySide([flat(4, 2, 10), flat(4, 2, 20)]);
    expect([sheet.width, sheet.height]).toEqual([20, 2]);
    const reds = Array.from({ length: 20 }, (_, x) => sheet.data[4 * x]);
    const expected = reds.map((_, x) => (x < 4 ? 10 : x < 16 ? 255 : 20));
    expect(reds).toEqual(expected);
  });

  it('scales wide pictures down', () => {
    const sheet = sideBySide([flat(1280, 720, 90)]);
    expect([sheet.width, sheet.height, sheet.data[0]]).toEqual([640, 360, 90]);
  });
});

describe('withOverlay', () => {
  it('tints what is selected and nothing else', () => {
    const picture = flat(2, 1, 100);
    const shown = withOverlay(picture, { width: 2, height: 1, data: Uint8Array.of(0, 255) });
    expect(Array.from(shown.data)).toEqual([100, 100, 100, 255, 178, 58, 76, 255]);
    expect(picture.data[4]).toBe(100);
  });
});
