import { describe, expect, it } from 'vitest';
import { contactSheet, fittedTo } from '../../../../../electron/cli/generate/contactSheet.ts';

const flat = (width: number, height: number, value: number) => ({
  width,
  height,
  data: new Uint8Array(width * height * 4).fill(value),
});

describe('a contact sheet', () => {
  it('has pictures in reading order on white, near to a square', () => {
    const sheet = contactSheet([10, 20, 30, 40, 50].map((value) => flat(4, 2, value)));
    // Three columns and two rows, with 8 px around each.
    expect([sheet.width, sheet.height]).toEqual([44, 28]);
    const at = (x: number, y: number) => sheet.data[4 * (y * 44 + x)];
    expect([at(0, 0), at(8, 8), at(20, 8), at(32, 9), at(8, 18), at(20, 18), at(32, 18)]).toEqual([
      255, 10, 20, 30, 40, 50, 255,
    ]);
  });

  it('has them smaller where they would be too wide', () => {
    expect(fittedTo(flat(1000, 500, 1), 16)).toMatchObject({ width: 504, height: 252 });
    expect(fittedTo(flat(100, 50, 1), 16)).toMatchObject({ width: 100, height: 50 });
  });
});
