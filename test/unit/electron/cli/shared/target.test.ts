import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOutputs, makeTargetFolder } from '../../../../../electron/cli/shared/checkOutputs.ts';
import { parseTarget, pathFor, withSuffix } from '../../../../../electron/cli/shared/target.ts';

let folder = '';
const at = (...parts: string[]) => path.join(folder, ...parts);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-cli-'));
  writeFileSync(at('photo.jpg'), 'x');
  mkdirSync(at('results'));
  mkdirSync(at('folder.png'));
  symlinkSync(at('photo.jpg'), at('link.jpg'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('where results go', () => {
  it('takes one file for one input', async () => {
    const target = await parseTarget('--out', 'r.png', 1);
    expect(pathFor(target, 'a/photo.jpg', '.png')).toBe('r.png');
  });

  it('fills {name} in', async () => {
    const target = await parseTarget('--out', 'x/{name}-{name}.webp', 2);
    expect(pathFor(target, 'a/photo.x.jpg', '.png')).toBe('x/photo.x-photo.x.webp');
  });

  it.each([['new/', 1] as const, ['new', 2] as const])(
    'takes %s as a folder for %d',
    async (given, inputs) => {
      const target = await parseTarget('--out', given, inputs);
      expect(pathFor(target, 'a/photo.jpg', '.png')).toBe(path.join('new', 'photo.png'));
    },
  );

  it('takes a folder that exists, unless its name says that a file is meant', async () => {
    expect((await parseTarget('--out', at('results'), 1)).kind).toBe('folder');
    expect((await parseTarget('--out', at('folder.png'), 1)).kind).toBe('file');
  });

  it('refuses one file for several inputs', async () => {
    await expect(parseTarget('--out', 'r.png', 2)).rejects.toThrow(
      '--out names one file, "r.png", for 2 inputs.',
    );
  });

  it('can mark a file name', () => {
    expect(withSuffix('a.d/b.c.png', '-frame2')).toBe('a.d/b.c-frame2.png');
    expect(withSuffix('a.d/b', '-frame2')).toBe('a.d/b-frame2');
  });
});

describe('checkOutputs', () => {
  const check = (output: string, force = false) =>
    checkOutputs({ inputs: [at('photo.jpg')], outputs: [output], force });

  it('lets a new file and an old one that is no input pass', async () => {
    await check(at('new.png'));
    writeFileSync(at('old.png'), '');
    await check(at('old.png'));
  });

  it.each(['photo.jpg', 'link.jpg', 'results/../photo.jpg'])(
    'keeps an input that is spelt %s, unless forced',
    async (name) => {
      const output = `${folder}/${name}`;
      await expect(check(output)).rejects.toThrow(`Writing "${output}" would overwrite the input.`);
      await check(output, true);
    },
  );

  it('refuses two results in one file', async () => {
    const outputs = [at('a.png'), at('results', '..', 'a.png')];
    await expect(checkOutputs({ inputs: [], outputs, force: true })).rejects.toThrow('Two results');
  });

  it('refuses a folder, and a folder that is not there', async () => {
    await expect(check(at('folder.png'))).rejects.toThrow('is a folder.');
    await expect(check(at('nowhere', 'a.png'))).rejects.toThrow('There is no folder');
    await expect(check(at('photo.jpg', 'a.png'))).rejects.toThrow('There is no folder');
  });

  it('makes the folder of a folder target, and says so when it cannot', async () => {
    await makeTargetFolder({ kind: 'folder', path: at('deep', 'er') });
    await check(at('deep', 'er', 'a.png'));
    await expect(makeTargetFolder({ kind: 'folder', path: at('photo.jpg', 'x') })).rejects.toThrow(
      'cannot be made',
    );
  });
});
