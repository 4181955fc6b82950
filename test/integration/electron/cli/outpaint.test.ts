import { describe, expect, it } from 'vitest';
import { differences, gradient, pixelsOf, report, tessera, TINY, workspace, writePng } from './support.ts';

const space = workspace();
const SIZE = { width: 70, height: 50 };

describe('outpaint', () => {
  it('extends a picture and leaves what was there as it is', async () => {
    const photo = await writePng(space, 'photo.png', gradient(SIZE.width, SIZE.height));
    const out = space.at('wide.png');
    const margins = ['--left', '9', '--top', '5', '--right', '20', '--bottom', '1'];
    const { code, stderr } = await tessera(
      'outpaint',
      photo,
      ...margins,
      '-o',
      out,
      '-p',
      TINY,
      '--seed',
      '1',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const wide = await pixelsOf(out);
    expect({ width: wide.width, height: wide.height }).toEqual({ width: 99, height: 56 });
    const inner = { ...wide, data: wide.data.slice() };
    const original = await pixelsOf(photo);
    for (let y = 0; y < SIZE.height; y++) {
      const from = original.data.subarray(4 * y * SIZE.width, 4 * (y + 1) * SIZE.width);
      inner.data.set(from, 4 * ((y + 5) * wide.width + 9));
    }
    expect(differences(inner, wide, { x: 0, y: 0, width: 0, height: 0 }).outside).toBe(0);
    expect(wide.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  it('takes several pictures', async () => {
    const a = await writePng(space, 'a.png', gradient(40, 40));
    const b = await writePng(space, 'b.png', gradient(50, 40));
    const result = await report('outpaint', a, b, '--right', '16', '-o', `${space.at('more')}/`);
    expect(result).toMatchObject({ ok: true, results: [{ width: 56 }, { width: 66 }] });
    expect(space.list()).toEqual(expect.arrayContaining(['more/a.png', 'more/b.png']));
  });

  it('says what was done in the file', async () => {
    const photo = await writePng(space, 'told.png', gradient(40, 40));
    await report('outpaint', photo, '--top', '16', '-o', space.at('tall.png'), '--seed', '9', '--steps', '3');
    const { stdout } = await tessera('info', space.at('tall.png'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      picture: { format: 'png', width: 40, height: 56 },
      fill: {
        operation: 'outpaint',
        package: { id: 'tiny', version: '1.0.0' },
        preset: 'balanced',
        seed: 9,
        hole: { pixels: 640 },
        settings: { steps: 3 },
      },
    });
  });
});
