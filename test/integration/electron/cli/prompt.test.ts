import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { userPackages } from '../../../../electron/io/packageFolders.ts';
import { recordFromXmp } from '../../../../electron/io/metadata/xmp.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { tinyWithWords } from '../../../fixtures/words/tinyWithWords.ts';
import { changedOutside, pattern } from '../../core/fill/support.ts';
import { report, tessera, workspace, writePng, writeRectMask } from './support.ts';

const space = workspace();
const FOLDER = path.join(import.meta.dirname, '../../../fixtures/importers/texts/vq-diffusion');
const RECT = { x: 12, y: 10, width: 14, height: 12 };
const picture = pattern(48, 40);
const size = { width: 48, height: 40 };

let photo: string;
let mask: string;
beforeAll(async () => {
  photo = await writePng(space, 'photo.png', picture);
  mask = await writeRectMask(space, 'mask.png', size, RECT);
  const made = await tessera('packages', 'import', FOLDER, '--id', 'words', '--license', 'MIT');
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toContain('text model: leads the denoiser to a prompt');
});

const selection = { ...size, data: new Uint8Array(48 * 40) };
for (let y = RECT.y; y < RECT.y + RECT.height; y++)
  selection.data.fill(255, y * 48 + RECT.x, y * 48 + RECT.x + RECT.width);

async function filled(
  name: string,
  ...options: readonly string[]
): Promise<Record<string, unknown> | undefined> {
  const out = space.at(name);
  const quick = ['--steps', '4', '--seed', '3', '--texture', '0', '--package', 'words'];
  const { code, stderr } = await tessera('fill', photo, '--mask', mask, ...quick, ...options, '--out', out);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const read = await readPicture(out);
  expect(changedOutside(picture, read.picture, selection)).toBe(0);
  return recordFromXmp(new TextDecoder().decode(read.metadata.xmp))?.settings;
}

describe('a fill that follows a prompt', () => {
  test('is another one for other words and another guidance, and its record says which', async () => {
    const plain = await filled('plain.png');
    expect(plain).not.toHaveProperty('prompt');
    expect(await filled('cat.png', '--prompt', 'a cat')).toMatchObject({ prompt: 'a cat', guidance: 5 });
    const not = ['--prompt', 'a cat', '--negative', 'stone', '--guidance', '2'];
    expect(await filled('not.png', ...not)).toMatchObject({
      prompt: 'a cat',
      negative: 'stone',
      guidance: 2,
    });
    const [one, two, three] = await Promise.all(
      ['plain.png', 'cat.png', 'not.png'].map(
        async (name) => (await readPicture(space.at(name))).picture.data,
      ),
    );
    expect(two).not.toEqual(one);
    expect(three).not.toEqual(two);
  });

  test('says what of a prompt is left out', async () => {
    const long = 'a cat '.repeat(6).trim();
    const { code, stderr } = await tessera(
      ...['fill', photo, '--mask', mask, '--steps', '2', '--package', 'words'],
      ...['--prompt', long, '--out', space.at('long.png')],
    );
    expect(code).toBe(0);
    expect(stderr).toContain('--prompt is longer than 10 tokens, so this is left out: a cat');
  });

  test.each([
    [['--prompt', 'a cat'], 'takes no prompt.'],
    [['--guidance', '3'], 'takes no prompt.'],
  ])('is refused for a package that none leads: %j', async (options, message) => {
    const found = await report('fill', photo, '--mask', mask, ...options, '--out', space.at('no.png'));
    expect(JSON.stringify(found)).toContain(message);
  });

  test('wants words for its guidance', async () => {
    const args = ['fill', photo, '--mask', mask, '--guidance', '3', '--package', 'words'];
    const { code, stderr } = await tessera(...args, '--out', space.at('no.png'));
    expect(code).toBe(2);
    expect(stderr).toContain('--guidance only means something with --prompt.');
  });
});

describe('a package that knows some words only', () => {
  beforeAll(() => {
    tinyWithWords(path.join(userPackages(), 'tiny'));
  });

  test('is filled with those of a prompt that it knows, and says which it does not', async () => {
    const out = space.at('words.png');
    const { code, stderr } = await tessera(
      ...['fill', photo, '--mask', mask, '--steps', '2', '--package', 'tiny', '--texture', '0'],
      ...['--prompt', 'a brik sky and bricks', '--out', out],
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain(
      '--prompt: the model knows no "brik", so it is left out. Near it are: brick, sky.',
    );
    const { metadata } = await readPicture(out);
    expect(recordFromXmp(new TextDecoder().decode(metadata.xmp))?.settings).toMatchObject({
      prompt: 'a brik sky and bricks',
      guidance: 2.5,
    });
  });

  test('refuses a prompt of which it knows nothing', async () => {
    const { code, stderr } = await tessera(
      ...['fill', photo, '--mask', mask, '--package', 'tiny', '--prompt', 'skye'],
      ...['--out', space.at('no.png')],
    );
    expect(code).toBe(2);
    expect(stderr).toContain('The model knows no "skye". Near it are: sky');
  });

  test('lists its words', async () => {
    const { stdout } = await tessera('packages', 'show', 'tiny');
    expect(stdout).toContain('words   brick, sky');
  });
});

describe('a repair', () => {
  test('of a selection with a package that replaces tokens', async () => {
    expect(await filled('repaired.png', '--strength', '0.5')).toMatchObject({ strength: 0.5 });
  });

  test('of all of a picture changes no more tokens than its strength says', async () => {
    const out = space.at('all.png');
    const found = await report(
      'fill',
      photo,
      '--strength',
      '0.2',
      '--texture',
      '0',
      '--seed',
      '2',
      '--out',
      out,
    );
    expect(found).toMatchObject({ ok: true });
    const read = await readPicture(out);
    expect(recordFromXmp(new TextDecoder().decode(read.metadata.xmp))).toMatchObject({ operation: 'repair' });
    const nothing = { ...size, data: new Uint8Array(48 * 40) };
    const changed = changedOutside(picture, read.picture, nothing);
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThan(0.35 * 4 * 48 * 40);
  });

  test('of the least likely tokens leaves all others as they are', async () => {
    const out = space.at('least.png');
    const options = ['--least-likely', '10', '--strength', '1', '--texture', '0', '--seed', '2'];
    const found = await report('fill', photo, ...options, '--out', out);
    expect(found).toMatchObject({ ok: true });
    const read = await readPicture(out);
    const record = recordFromXmp(new TextDecoder().decode(read.metadata.xmp));
    expect(record).toMatchObject({ operation: 'repair', settings: { strength: 1 } });
    const nothing = { ...size, data: new Uint8Array(48 * 40) };
    const changed = changedOutside(picture, read.picture, nothing);
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThanOrEqual(0.15 * 4 * 48 * 40);
  });

  test('of the least likely tokens wants to know how strong', async () => {
    const { code, stderr } = await tessera(
      ...['fill', photo, '--mask', mask, '--least-likely', '10', '--out', space.at('no.png')],
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--least-likely only means something with --strength.');
  });

  test('and nothing else does without a mask', async () => {
    const { code, stderr } = await tessera('fill', photo, '--out', space.at('no.png'));
    expect(code).toBe(2);
    expect(stderr).toContain('Nothing says what to refill.');
  });
});
