import { describe, expect, test } from 'vitest';
import { hairlines } from '../../../../core/document/hairline.ts';
import { documentOf } from '../../../../core/document/document.ts';
import { stream } from '../pixels/random.ts';

const NONE = { left: 0, top: 0, right: 0, bottom: 0 };

/** A noisy scene of middling brightness, with lines of a grey along its sides. */
function scene(lines: Partial<typeof NONE>, grey: number, brightness = 120) {
  const [width, height] = [200, 140];
  const { left, top, right, bottom } = { ...NONE, ...lines };
  const next = stream(5);
  const data = new Uint8Array(4 * width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const line = x < left || y < top || x >= width - right || y >= height - bottom;
      const value = (line ? grey : brightness) + (line ? 6 : 40) * next();
      data.set([value, value, value, 255], i);
    }
  }
  const document = documentOf({ width, height, data });
  return hairlines(document.picture, document.canvas);
}

describe('hairlines', () => {
  test.each([
    [{ left: 1 }, 0],
    [{ left: 2, top: 3 }, 10],
    [{ right: 1, bottom: 4 }, 248],
  ])('%o of brightness %i are found, with what they bleed into', (lines, grey) => {
    const found = scene(lines, grey);
    for (const side of ['left', 'top', 'right', 'bottom'] as const) {
      const thick = { ...NONE, ...lines }[side];
      expect(found[side]).toBe(thick === 0 ? 0 : thick + 2);
    }
  });

  test('are not where a picture is even as far as one looks, or where a band is thick', () => {
    expect(scene({}, 0)).toEqual(NONE);
    expect(scene({ top: 30 }, 250)).toEqual(NONE);
    expect(scene({ left: 2 }, 130)).toEqual(NONE); // unlike nothing
  });

  test('are none in a picture that is too small to have any', () => {
    const document = documentOf({ width: 3, height: 2, data: new Uint8Array(24).fill(255) });
    expect(hairlines(document.picture, document.canvas)).toEqual(NONE);
  });
});
