import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TileSent } from '../../../../../core/contract/engineApi.ts';
import type { Picture } from '../../../../../core/pixels/picture.ts';
import type { Rect } from '../../../../../core/base/geometry.ts';
import { fromFlat, readRect } from '../../../../../core/raster/flat.ts';
import { fromTiles } from '../../../../../core/raster/make.ts';
import { readFillRecord } from '../../../../../electron/io/readFillRecord.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { writePicture } from '../../../../../electron/io/writePicture.ts';
import { pattern } from '../../../core/fill/support.ts';
import { testEngine, type TestEngine } from '../harness.ts';

let engine: TestEngine;
let window: ReturnType<TestEngine['connect']>;
let folder: string;
beforeAll(async () => {
  engine = testEngine();
  window = engine.connect();
  folder = await mkdtemp(path.join(tmpdir(), 'tessera-engine-'));
});
afterAll(async () => {
  engine.stop();
  await rm(folder, { recursive: true });
});

/** Grants a file of the folder, or one elsewhere. */
function grant(name: string, access: 'read' | 'write' = 'read'): string {
  engine.tell({ kind: 'grant', id: name, path: path.resolve(folder, name), access });
  return name;
}

/** Reads a picture and puts its tiles together. */
async function read(params: { file: string } | { bytes: Uint8Array; name: string }) {
  const tiles: TileSent[] = [];
  const done: number[] = [];
  const facts = await window.call('picture.read', params, {
    onProgress(progress) {
      tiles.push(...progress.tiles);
      done.push(progress.done);
    },
  });
  const rect = { x: 0, y: 0, width: facts.width, height: facts.height };
  return { facts, tiles, done, pixels: readRect(fromTiles(rect, 4, tiles), rect) };
}

const tilesOf = (rect: Rect, channels: 1 | 4, data: Uint8Array): TileSent[] =>
  Array.from(fromFlat(rect, channels, data).tiles, ([key, tile]) => ({ key, tile }));

const same = (a: Uint8Array, b: Uint8Array): void => {
  expect(Buffer.compare(a, b)).toBe(0);
};

describe('reading', () => {
  test('gives the tiles of a photograph row by row', async () => {
    const file = grant(path.resolve('assets/samples/nuthatch.jpg'));
    const { picture, info } = await readPicture(file);
    const { facts, tiles, done, pixels } = await read({ file });
    expect(facts).toMatchObject({
      width: info.width,
      height: info.height,
      name: 'nuthatch.jpg',
      format: 'jpeg',
    });
    same(pixels, picture.data);
    expect(done).toHaveLength(Math.ceil(info.height / 256));
    expect(done.at(-1)).toBe(1);
    expect(tiles).toHaveLength(Math.ceil(info.width / 256) * Math.ceil(info.height / 256));
  });

  test('takes the bytes of a file too', async () => {
    const picture = pattern(300, 520);
    await writePicture(path.join(folder, 'plain.png'), picture);
    const bytes = new Uint8Array(await readFile(path.join(folder, 'plain.png')));
    const { facts, pixels } = await read({ bytes, name: 'clipboard' });
    expect(facts).toMatchObject({ name: 'clipboard', format: 'png' });
    same(pixels, picture.data);
  });

  test('says in one sentence what is wrong with a file, and reads the next', async () => {
    await writeFile(path.join(folder, 'broken.png'), 'no picture at all');
    await expect(read({ file: grant('broken.png') })).rejects.toMatchObject({ code: 'input' });
    await expect(read({ file: grant('missing.png') })).rejects.toThrow('There is no file');
    await writePicture(path.join(folder, 'next.png'), pattern(9, 9));
    expect((await read({ file: grant('next.png') })).facts.width).toBe(9);
  });
});

describe('writing', () => {
  const canvas = { x: -30, y: 17, width: 310, height: 270 };
  const picture: Picture = pattern(canvas.width, canvas.height);
  const base = {
    format: 'png' as const,
    quality: 92,
    canvas,
    tiles: tilesOf(canvas, 4, picture.data),
    metadata: {},
  };

  test('writes the canvas, wherever it lies, with what was done to it', async () => {
    const record = {
      format: 1 as const,
      software: 'Tessera',
      operation: 'fill' as const,
      package: { id: 'a', version: '1' },
      preset: 'draft',
      seed: 3,
      hole: { tokens: 2, pixels: 100 },
    };
    const file = grant('out.png', 'write');
    expect(await window.call('picture.write', { ...base, file, record })).toEqual({ bytes: null });
    const path_ = path.join(folder, 'out.png');
    same((await readPicture(path_)).picture.data, picture.data);
    expect(await readFillRecord(path_)).toEqual(record);
  });

  test('gives bytes back, with the selection as alpha', async () => {
    const alpha = new Uint8Array(canvas.width * canvas.height).fill(255, 0, 400);
    const selection = tilesOf(canvas, 1, alpha);
    const { bytes } = await window.call('picture.write', { ...base, file: null, selection });
    const read = (await readPicture(bytes!)).picture.data;
    same(
      read.filter((_, i) => i % 4 === 3),
      alpha,
    );
    same(
      read.filter((_, i) => i % 4 < 3),
      picture.data.filter((_, i) => i % 4 < 3),
    );
  });

  test('refuses what was granted for reading only, and records that are none', async () => {
    await expect(window.call('picture.write', { ...base, file: grant('only.png') })).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(
      window.call('picture.write', { ...base, file: null, record: { seed: 'x' } as never }),
    ).rejects.toMatchObject({ code: 'usage' });
  });

  test('masks go out and come back as they were, whatever the file is called', async () => {
    const data = Uint8Array.from({ length: canvas.width * canvas.height }, (_, i) => (i * 7) % 256);
    const tiles = tilesOf(canvas, 1, data);
    const file = grant('mask of mine', 'write');
    expect(await window.call('mask.write', { file, canvas, tiles })).toBeNull();
    const back = await window.call('mask.read', { file, canvas });
    same(readRect(fromTiles(canvas, 1, back.tiles), canvas), data);
    await expect(window.call('mask.read', { file, canvas: { ...canvas, width: 300 } })).rejects.toThrow(
      'the picture is 300 x 270 px',
    );
  });

  test('a mask that selects everything can be read twice', async () => {
    const all = { x: 0, y: 0, width: 256, height: 256 };
    const tiles = tilesOf(all, 1, new Uint8Array(256 * 256).fill(255));
    const file = grant('full.png', 'write');
    await window.call('mask.write', { file, canvas: all, tiles });
    for (let time = 0; time < 2; time++) {
      const back = await window.call('mask.read', { file, canvas: all });
      expect(back.tiles.map(({ tile }) => tile.every((value) => value === 255))).toEqual([true]);
    }
  });
});
