import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseTokenFile } from '../../../../core/tokens/tokenFile.ts';
import { parseNpy } from '../../../../electron/io/npy.ts';
import { gradient, pixelsOf, report, tessera, TINY, workspace, writePng } from './support.ts';

const space = workspace();
const SIZE = { width: 60, height: 44 }; // 8 x 6 tokens, the last ones overhang
let grid = '';

const read = (name: string) => parseTokenFile(readFileSync(space.at(name), 'utf8'), name);
const edit = async (out: string, ...options: string[]) => {
  const outcome = await tessera('tokens', grid, ...options, '--out', space.at(out), '-p', TINY);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  return read(out);
};

beforeAll(async () => {
  const photo = await writePng(space, 'photo.png', gradient(SIZE.width, SIZE.height));
  grid = space.at('grid.json');
  expect((await tessera('encode', photo, '--out', grid, '-p', TINY)).code).toBe(0);
});

describe('encode and decode', () => {
  it('covers the picture with whole tokens and decodes to its size', async () => {
    const file = read('grid.json');
    expect(file).toMatchObject({
      format: 1,
      package: { id: 'tiny' },
      width: 8,
      height: 6,
      pins: [],
      frame: { rect: { x: 0, y: 0, width: 64, height: 48 }, scale: 1 },
      picture: SIZE,
    });
    expect(await report('decode', grid, '-o', space.at('back.png'))).toMatchObject({
      ok: true,
      results: [{ path: space.at('back.png'), ...SIZE }],
    });
    const { width, height, data } = await pixelsOf(space.at('back.png'));
    expect({ width, height }).toEqual(SIZE);
    // The tiny decoder paints the grey level of each token.
    expect(data[0]).toBe(Math.round((file.ids[0]! / 7) * 255));
  });

  it('writes NPY, which decodes to whole tokens', async () => {
    const array = space.at('grid.npy');
    await report('encode', space.at('photo.png'), '-o', array);
    expect(Array.from(parseNpy(readFileSync(array), 'grid').ids)).toEqual(read('grid.json').ids);
    const result = await report('decode', array, '-o', space.at('whole.png'));
    expect(result).toMatchObject({ results: [{ width: 64, height: 48 }] });
  });

  it('takes a scale', async () => {
    const result = await report('encode', space.at('photo.png'), '-o', space.at('half.json'), '--scale', '2');
    expect(result).toMatchObject({ results: [{ columns: 4, rows: 3, frame: { scale: 2 } }] });
    await report('decode', space.at('half.json'), '-o', space.at('half.png'));
    expect(await pixelsOf(space.at('half.png'))).toMatchObject(SIZE);
  });
});

describe('tokens', () => {
  it('shows a file', async () => {
    const { stdout, code } = await tessera('tokens', grid);
    expect(code).toBe(0);
    expect(stdout).toContain('8 x 6 tokens (48)');
    expect(stdout).toContain('tiny');
    const { ids } = read('grid.json');
    const shown = JSON.parse((await tessera('tokens', grid, '--json')).stdout) as {
      tokens: { mostUsed: { id: number; count: number }[] };
    };
    for (const { id, count } of shown.tokens.mostUsed) {
      expect(ids.filter((other) => other === id)).toHaveLength(count);
    }
  });

  it('sets, replaces and erases in the order of the options', async () => {
    const file = await edit(
      'e.json',
      '--set',
      'all=1',
      '--set',
      '2,3=5',
      '--replace',
      '1=2',
      '--erase',
      '0,0-1',
    );
    expect(file.ids.slice(0, 3)).toEqual([-1, -1, 2]);
    expect(file.ids[2 * 8 + 3]).toBe(5);
    expect(file.ids.filter((id) => id === 2)).toHaveLength(48 - 3);
  });

  it('lets pins hold against erasing and replacing', async () => {
    const file = await edit(
      'p.json',
      ...['--set', 'all=1', '--set', '2,3=5', '--pin', '2,3', '--replace', '5=6', '--erase', 'all'],
    );
    expect(file.pins).toEqual([19]);
    expect(file.ids.filter((id) => id !== -1)).toEqual([5]);
    expect((await edit('u.json', '--pin', 'all', '--unpin', '1-5,all')).pins).toHaveLength(8);
  });

  it('draws what is missing and keeps the rest', async () => {
    await edit('holes.json', '--set', 'all=3', '--pin', '1,1', '--erase', '0-2,all');
    const result = await report(
      ...['tokens', space.at('holes.json'), '--fill', '--out', space.at('drawn.json')],
      ...['--seed', '4', '--candidates', '2'],
    );
    expect(result).toMatchObject({
      ok: true,
      seed: 4,
      tokensChanged: 23,
      outputs: [space.at('drawn-1.json'), space.at('drawn-2.json')],
    });
    const drawn = read('drawn-1.json');
    expect(drawn.ids.every((id) => id >= 0 && id < 8)).toBe(true);
    expect(drawn.ids.slice(24)).toEqual(new Array(24).fill(3));
    expect(drawn.ids[9]).toBe(3);
    expect(drawn.pins).toEqual([9]);
    expect(drawn.provenance?.[0]).toMatchObject({ kind: 'filled' });
  });

  it('turns an NPY array into a file of the package in use', async () => {
    const out = space.at('from-npy.json');
    const { code } = await tessera('tokens', space.at('grid.npy'), '--set', '0,0=7', '-o', out, '-p', TINY);
    expect(code).toBe(0);
    expect(read('from-npy.json')).toMatchObject({ package: { id: 'tiny' }, width: 8, height: 6 });
  });
});

describe('what the model says of tokens', () => {
  it('prints the likeliest codes of a cell', async () => {
    const { stdout, code } = await tessera('tokens', grid, '--suggest', '2,3', '--count', '3', '-p', TINY);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^code +probability\n(\d +0\.\d{6}\n){3}entropy \d\.\d{4} bits\n$/);
    const result = await report('tokens', grid, '--erase', '1,3', '--suggest', '2-3,3');
    expect(result).toMatchObject({ ok: true, cells: [19, 27] });
    const { suggestions } = result as unknown as { suggestions: { id: number; probability: number }[] };
    expect(suggestions).toHaveLength(8); // the tiny package has no more
    expect(suggestions.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
    expect(suggestions).toEqual(suggestions.toSorted((a, b) => b.probability - a.probability));
  });

  it('measures every token, as a table or into a file', async () => {
    const { stdout, code } = await tessera('tokens', grid, '--erase', '0,0', '--likelihood', '-p', TINY);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 48 + 1);
    expect(lines[1]).toMatch(/^ +0 +0 +missing +\d\.\d{4}$/);
    expect(lines.at(-1)).toMatch(/^\d\.\d{3} bits per token$/);

    await report('tokens', grid, '--likelihood', '--out', space.at('l.json'));
    const file = JSON.parse(readFileSync(space.at('l.json'), 'utf8')) as Record<string, number[]>;
    expect(file).toMatchObject({ package: { id: 'tiny' }, width: 8, height: 6, ids: read('grid.json').ids });
    await report('tokens', grid, '--erase', '0,1', '--likelihood', '--out', space.at('l.npy'));
    const npy = readFileSync(space.at('l.npy'));
    expect(npy.toString('latin1', 0, 128)).toContain(
      "'descr': '<f4', 'fortran_order': False, 'shape': (2, 6, 8)",
    );
    expect(npy.readFloatLE(128 + 4)).toBeNaN();
    expect(npy.readFloatLE(128 + 4 * (48 + 47))).toBeCloseTo(file.entropies![47]!, 5);
  });

  it('refuses what does not belong together', async () => {
    for (const options of [
      ['--suggest', '1,1', '--likelihood'],
      ['--fill', '--likelihood', '--out', space.at('x.json')],
      ['--suggest', '1,1', '--out', space.at('x.json')],
      ['--count', '4'],
      ['--suggest', 'here'],
    ]) {
      expect((await tessera('tokens', grid, ...options, '-p', TINY)).code).toBe(2);
    }
    expect((await tessera('tokens', grid, '--suggest', '9,9', '-p', TINY)).stderr).toContain('no cell 9,9');
  });
});
