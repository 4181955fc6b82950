import { describe, expect, it } from 'vitest';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { report, tessera, TINY, workspace } from './support.ts';

const space = workspace();

describe('generate', () => {
  it('makes a picture of any size from nothing, the same for the same seed', async () => {
    const [one, again, other] = ['one.png', 'again.png', 'other.png'].map((name) => space.at(name));
    const size = ['--width', '90', '--height', '70', '--scale', '1'];
    const made = await report('generate', ...size, '--seed', '5', '--out', one!);
    expect(made).toMatchObject({ ok: true, width: 90, height: 70, seed: 5, outputs: [one] });
    await report('generate', ...size, '--seed', '5', '--out', again!);
    await report('generate', ...size, '--seed', '6', '--out', other!);
    const [first, second, third] = await Promise.all(
      [one, again, other].map(async (file) => (await readPicture(file!)).picture),
    );
    expect([first!.width, first!.height]).toEqual([90, 70]);
    expect(first!.data.every((value, i) => i % 4 < 3 || value === 255)).toBe(true);
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
  });

  it('makes as many files as candidates are asked for, of the size that the model sees', async () => {
    const { outputs, width, height } = await report(
      'generate',
      '--candidates',
      '2',
      '--seed',
      '1',
      '--out',
      space.at('many.png'),
    );
    expect(outputs).toEqual([space.at('many-1.png'), space.at('many-2.png')]);
    expect([width, height]).toEqual([64, 64]);
  });

  it('makes a sheet, whose pictures are those of the seeds that follow', async () => {
    const sheet = space.at('sheet.png');
    await report(
      'generate',
      '--count',
      '3',
      '--seed',
      '5',
      '--width',
      '32',
      '--height',
      '32',
      '--out',
      sheet,
    );
    const single = space.at('single.png');
    await report('generate', '--seed', '6', '--width', '32', '--height', '32', '--out', single);
    const { picture } = await readPicture(sheet);
    expect([picture.width, picture.height]).toEqual([88, 88]);
    const { picture: second } = await readPicture(single);
    for (let y = 0; y < 32; y++) {
      const row = picture.data.subarray(4 * ((8 + y) * 88 + 48), 4 * ((8 + y) * 88 + 80));
      expect(row).toEqual(second.data.subarray(4 * 32 * y, 4 * 32 * (y + 1)));
    }
  });

  it.each([
    [['--count', '2', '--candidates', '2'], 'cannot be given together'],
    [['--width', '8'], 'takes a whole number from 16 to 30000'],
    [['--width', '30000', '--height', '30000'], 'is too large'],
    [['--count', '5', '--seed', '4294967295'], 'The seeds of a sheet'],
  ])('refuses %j with a sentence', async (args, message) => {
    const { code, stderr } = await tessera(
      'generate',
      ...args,
      '--out',
      space.at('no.png'),
      '--package',
      TINY,
    );
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(message);
    expect(space.list()).not.toContain('no.png');
  });
});
