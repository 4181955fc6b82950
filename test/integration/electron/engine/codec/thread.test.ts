import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createCodec } from '../../../../../electron/engine/codec/codec.ts';
import { startThread } from '../../../../../electron/engine/codec/startThread.ts';
import { bundleEngine } from '../bundle.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await bundleEngine('codecThread');
});

const photograph = { path: path.resolve('assets/samples/nuthatch.jpg') };
const ignore = { signal: new AbortController().signal, progress: () => undefined };

test('pictures are read and written in a thread', async () => {
  const codec = createCodec(() => startThread(bundle), { idle: 100, hung: 60_000 });
  const tiles: { key: number; tile: Uint8Array }[] = [];
  const { width, height, metadata } = await codec.run('picture.read', photograph, {
    ...ignore,
    progress: (told) => void tiles.push(...told.tiles),
  });
  expect(tiles).toHaveLength(Math.ceil(width / 256) * Math.ceil(height / 256));
  const canvas = { x: 0, y: 0, width, height };
  const picture = {
    path: null,
    format: 'webp',
    quality: 80,
    canvas,
    tiles,
    selection: null,
    metadata,
  } as const;
  const { bytes } = await codec.run('picture.write', picture, ignore);
  expect(Buffer.from(bytes!.subarray(8, 12)).toString()).toBe('WEBP');
  // They were moved into the thread, not copied.
  expect(tiles[0]!.tile).toHaveLength(0);
  // Its idle time runs out, and the next call starts another.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expect(codec.run('picture.read', photograph, ignore)).resolves.toMatchObject({ width, height });
});

test('an abort stops it at once, in the middle of a picture', async () => {
  const codec = createCodec(() => startThread(bundle), { idle: 100, hung: 60_000 });
  const abort = new AbortController();
  let strips = 0;
  const stop = (): void => {
    strips++;
    abort.abort();
  };
  const read = codec.run('picture.read', photograph, { signal: abort.signal, progress: stop });
  await expect(read).rejects.toMatchObject({ code: 'aborted' });
  expect(strips).toBe(1);
  await expect(codec.run('picture.read', photograph, ignore)).resolves.toMatchObject({ format: 'jpeg' });
});

test('one that says nothing is given up, and no defect of a script is waited for', async () => {
  const silent = createCodec(() => startThread(bundle), { idle: 100, hung: 1 });
  await expect(silent.run('picture.read', photograph, ignore)).rejects.toThrow('got stuck');
  const missing = createCodec(() => startThread(`${bundle}.missing`), { idle: 100, hung: 60_000 });
  await expect(missing.run('picture.read', photograph, ignore)).rejects.toThrow('stopped while reading');
});
