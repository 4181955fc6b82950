import { readPictureInfo } from '../../../../electron/io/pictureInfo.ts';
import { mkdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMask, writeMask } from '../../../../electron/io/masks.ts';
import { makeExif } from '../../../unit/electron/io/exif.ts';
import {
  differences,
  gradient,
  makeFile,
  pixelsOf,
  report,
  rgbOf,
  tessera,
  TINY,
  workspace,
  writePng,
  writeRectMask,
} from './support.ts';

const SIZE = { width: 120, height: 88 };
const HOLE = { x: 41, y: 30, width: 37, height: 29 };
const space = workspace();
let photo = '';
let mask = '';

beforeAll(async () => {
  photo = await writePng(space, 'photo.png', gradient(SIZE.width, SIZE.height));
  mask = await writeRectMask(space, 'mask.png', SIZE, HOLE);
});

describe('fill', () => {
  it.each(['.png', '.webp'])('changes the hole and no other pixel, as %s', async (extension) => {
    const out = space.at(`filled${extension}`);
    const { code, stdout, stderr } = await tessera(
      ...['fill', photo, '--mask', mask, '--out', out, '--package', TINY, '--seed', '7', '--quality', '100'],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^.*filled\.\w+\n {2}\d+ tokens in 1 frame, 8 steps, seed 7, [\d.]+ s\n$/);
    const { inside, outside } = differences(await pixelsOf(photo), await pixelsOf(out), HOLE);
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(HOLE.width * HOLE.height * 0.9);
  });

  it('reports what it did', async () => {
    const out = space.at('reported.png');
    const result = await report('fill', photo, '-m', mask, '-o', out, '--seed', '7', '--preset', 'draft');
    expect(result).toMatchObject({
      command: 'fill',
      ok: true,
      exitCode: 0,
      package: { id: 'tiny', version: '1.0.0', provider: 'cpu' },
      preset: 'draft',
      sampling: { steps: 4, order: 'halton' },
      results: [
        {
          input: photo,
          ok: true,
          outputs: [{ candidate: 1, path: out }],
          ...SIZE,
          seed: 7,
          selectedPixels: HOLE.width * HOLE.height,
          frames: [{ scale: expect.any(Number) as number, hole: expect.any(Number) as number }],
        },
      ],
      messages: [],
      errors: [],
    });
    const [facts] = result.results as unknown as { timings: Record<string, number> }[];
    expect(Object.keys(facts!.timings).sort()).toEqual(
      [
        'composite',
        'decode',
        'encode',
        'plan',
        'ranking',
        'read',
        'steps',
        'synthesis',
        'total',
        'write',
      ].sort(),
    );
  });

  it('gives the same file for the same seed, and another for another', async () => {
    const names = ['s1.png', 's2.png', 's3.png'].map((name) => space.at(name));
    const seeds = ['5', '5', '6'];
    for (const [i, name] of names.entries()) {
      await report('fill', photo, '-m', mask, '-o', name, '--temperature', '3', '--seed', seeds[i]!);
    }
    const [first, second, third] = names.map((name) => readFileSync(name));
    expect(first!.equals(second!)).toBe(true);
    expect(first!.equals(third!)).toBe(false);
  });

  it('draws a seed where none is given, and says which', async () => {
    const result = await report('fill', photo, '-m', mask, '-o', space.at('seed.png'));
    const [facts] = result.results as unknown as { seed: number }[];
    expect(facts!.seed).toBeGreaterThanOrEqual(0);
    expect(facts!.seed).toBeLessThan(2 ** 32);
  });

  it('writes candidates that differ, one of them as it is alone', async () => {
    const common = ['fill', photo, '-m', mask, '--seed', '3', '--temperature', '3'];
    await report(...common, '-o', space.at('many.png'), '--candidates', '8');
    await report(...common, '-o', space.at('alone.png'));
    const many = await Promise.all(
      Array.from({ length: 8 }, (_, i) => pixelsOf(space.at(`many-${i + 1}.png`))),
    );
    const texts = new Set(many.map(({ data }) => Buffer.from(data).toString('base64')));
    expect(texts.size).toBe(8);
    expect(texts).toContain(Buffer.from((await pixelsOf(space.at('alone.png'))).data).toString('base64'));
    for (const picture of many) {
      expect(differences(await pixelsOf(photo), picture, HOLE).outside).toBe(0);
    }
  });

  it('makes any candidate again, alone, from its own seed', async () => {
    const common = ['fill', photo, '-m', mask, '--temperature', '3'];
    await report(...common, '--seed', '3', '-o', space.at('set.png'), '--candidates', '4');
    for (const name of ['set-1.png', 'set-2.png', 'set-3.png', 'set-4.png']) {
      const { record } = await readPictureInfo(space.at(name));
      const seed = `3:${record!.candidate}`;
      const { results } = await report(...common, '--seed', seed, '-o', space.at('own.png'));
      expect(results).toMatchObject([{ seed: 3 }]);
      expect(await pixelsOf(space.at('own.png'))).toEqual(await pixelsOf(space.at(name)));
      const again = await readPictureInfo(space.at('own.png'));
      expect(again.record?.candidate ?? 1).toBe(record!.candidate);
    }
    expect(await report(...common, '--seed', '3:0', '-o', space.at('x.png'))).toMatchObject({
      ok: false,
      errors: [{ code: 'usage', message: expect.stringContaining('--seed takes') as string }],
    });
  });

  it('writes the best of those that it tries: two, or as many as it is told', async () => {
    const common = ['fill', photo, '-m', mask, '--seed', '3', '--temperature', '3'];
    const texts = async (name: string, count: number): Promise<string[]> =>
      Promise.all(
        Array.from({ length: count }, async (_, i) => {
          const file = count === 1 ? `${name}.png` : `${name}-${i + 1}.png`;
          return Buffer.from((await pixelsOf(space.at(file))).data).toString('base64');
        }),
      );
    await report(...common, '-o', space.at('both.png'), '--candidates', '2');
    await report(...common, '-o', space.at('best.png'));
    await report(...common, '-o', space.at('first.png'), '--tries', '1');
    await report(...common, '-o', space.at('some.png'), '--tries', '4', '--candidates', '2');
    const both = await texts('both', 2);
    expect(await texts('best', 1)).toEqual([both[0]]);
    expect(both).toContain((await texts('first', 1))[0]);
    expect(new Set(await texts('some', 2)).size).toBe(2);
    expect(
      await report(...common, '-o', space.at('x.png'), '--tries', '1', '--candidates', '2'),
    ).toMatchObject({
      ok: false,
      errors: [{ code: 'usage', message: 'Of 1 tries, 2 results cannot be written.' }],
    });
  });

  it('works on the picture as it is seen, and keeps its EXIF', async () => {
    const exif = makeExif({ orientation: 6, make: 'Camera', ...SIZE });
    const stored = await makeFile('.png', rgbOf(gradient(SIZE.width, SIZE.height)), { exif, orientation: 6 });
    const portrait = space.write('portrait.png', stored);
    const seen = { width: SIZE.height, height: SIZE.width };
    const upright = await writeRectMask(space, 'upright.png', seen, { x: 8, y: 60, width: 30, height: 30 });
    const out = space.at('portrait-filled.png');
    expect((await report('fill', portrait, '-m', upright, '-o', out)).ok).toBe(true);
    const filled = await pixelsOf(out);
    expect({ width: filled.width, height: filled.height }).toEqual(seen);
    const { outside } = differences(await pixelsOf(portrait), filled, { x: 8, y: 60, width: 30, height: 30 });
    expect(outside).toBe(0);
    expect(readFileSync(out).includes('Camera')).toBe(true);
  });

  it('makes a frame for each distant part of a mask', async () => {
    const large = { width: 900, height: 120 };
    const picture = await writePng(space, 'large.png', gradient(large.width, large.height));
    const two = await writeRectMask(space, 'left.png', large, { x: 10, y: 20, width: 20, height: 20 });
    const selection = await readMask(two, large);
    for (let y = 60; y < 90; y++) selection.data.fill(255, y * large.width + 850, y * large.width + 870);
    await writeMask(two, selection);
    const tokens = space.at('frames.json');
    const result = await report(
      'fill',
      picture,
      '-m',
      two,
      '-o',
      space.at('two.png'),
      '--keep-tokens',
      tokens,
    );
    const [facts] = result.results as unknown as {
      frames: unknown[];
      outputs: { tokens: string[] }[];
    }[];
    expect(facts!.frames).toHaveLength(2);
    expect(facts!.outputs[0]!.tokens).toEqual([
      space.at('frames-frame1.json'),
      space.at('frames-frame2.json'),
    ]);
    expect((await tessera('tokens', space.at('frames-frame2.json'))).stdout).toContain('missing    0');
  });

  it('inverts, widens and narrows the mask', async () => {
    const selected = async (...options: string[]) => {
      const result = await report('fill', photo, '-m', mask, '-o', space.at('m.png'), ...options);
      return (result.results as unknown as { selectedPixels: number }[])[0]!.selectedPixels;
    };
    const all = SIZE.width * SIZE.height;
    const hole = HOLE.width * HOLE.height;
    expect(await selected()).toBe(hole);
    expect(await selected('--invert')).toBe(all - hole);
    expect(await selected('--grow', '4')).toBeGreaterThan(hole);
    expect(await selected('--grow', '-4')).toBe((HOLE.width - 8) * (HOLE.height - 8));
  });

  it('refills everything where the mask is all white', async () => {
    const white = await writeRectMask(space, 'white.png', SIZE, { x: 0, y: 0, ...SIZE });
    const result = await report('fill', photo, '-m', white, '-o', space.at('all.png'));
    expect(result).toMatchObject({ ok: true, results: [{ selectedPixels: SIZE.width * SIZE.height }] });
  });
});

describe('fill with several pictures', () => {
  it('goes on after a broken one, and says so at the end', async () => {
    const broken = space.write('broken.png', 'no picture');
    const other = await writePng(space, 'other.png', gradient(SIZE.width, SIZE.height));
    const { code, stdout, stderr } = await tessera(
      ...['fill', photo, broken, other, '-m', mask, '-o', space.at('batch'), '-p', TINY],
    );
    expect(code).toBe(1);
    expect(stdout).toContain(space.at('batch', 'photo.png'));
    expect(stdout).toContain(space.at('batch', 'other.png'));
    expect(stdout).toMatch(/2 of 3 filled, 1 not\.\n$/);
    expect(stderr).toMatch(/^tessera: .*broken\.png.*\n$/);
    expect(space.list()).not.toContain('batch/broken.png');
  });

  it('finds masks in a folder and fills {name} in', async () => {
    mkdirSync(space.at('masks'));
    await writeRectMask(space, 'masks/photo.png', SIZE, HOLE);
    await writeRectMask(space, 'photo-mask.png', SIZE, HOLE);
    const out = space.at('{name}-x.png');
    for (const option of [space.at('masks'), space.at('{name}-mask.png')]) {
      expect(await report('fill', photo, '-m', option, '-o', out)).toMatchObject({
        results: [{ outputs: [{ path: space.at('photo-x.png') }] }],
      });
    }
    const result = await report('fill', space.at('other.png'), '-m', space.at('masks'), '-o', out);
    expect(result.errors).toMatchObject([{ code: 'input', input: space.at('other.png') }]);
  });
});

describe('overwriting', () => {
  it('replaces an old result, but not the picture unless it is forced to', async () => {
    const own = await writePng(space, 'own.png', gradient(SIZE.width, SIZE.height));
    const before = readFileSync(own);
    const refused = await tessera('fill', own, '-m', mask, '-o', own, '-p', TINY);
    expect(refused.code).toBe(2);
    expect(readFileSync(own).equals(before)).toBe(true);

    expect((await tessera('fill', own, '-m', mask, '-o', space.at('s1.png'), '-p', TINY)).code).toBe(0);
    expect((await tessera('fill', own, '-m', mask, '-o', own, '-p', TINY, '--force')).code).toBe(0);
    expect(readFileSync(own).equals(before)).toBe(false);
  });
});
