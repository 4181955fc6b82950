import { randomUUID } from 'node:crypto';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { TesseraError } from '../../../../../../core/base/errors.ts';
import { encodePart } from '../../../../../../electron/io/projects/entries.ts';
import { snapshotOf, startWork } from '../../../../../unit/core/document/project/support.ts';
import { type ZipEntry, zip } from '../../../../native-models/runtime/zip.ts';
import { type Engine, inFolder, openFile, startClient, startEngine } from './support.ts';

const { json, parts } = snapshotOf(startWork());
const tiles = [...parts.values()].filter(({ kind }) => kind === 'tile');
const firstTile = `tiles/${tiles[0]!.id}.bin`;

/** The entries of an intact project. */
async function intact(): Promise<ZipEntry[]> {
  const coded = await Promise.all([...parts.values()].map(encodePart));
  return [
    { name: 'manifest.json', data: Buffer.from(json), deflate: true },
    ...coded.map(({ name, bytes }) => ({ name, data: bytes })),
  ];
}

async function refusal(engine: Engine, file: string): Promise<TesseraError> {
  try {
    await openFile(engine, file);
  } catch (error) {
    if (error instanceof TesseraError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

/** What is said of a project with other bytes; nothing is left of it. */
async function refusalOf(bytes: Uint8Array): Promise<TesseraError> {
  return inFolder(async (folder) => {
    const engine = await startEngine(folder);
    const file = join(folder, 'a.tessera');
    await writeFile(file, bytes);
    const error = await refusal(engine, file);
    expect(await readdir(engine.folder)).toEqual([]);
    expect(error.message).not.toContain('\n');
    return error;
  });
}

function replaced(entries: readonly ZipEntry[], name: string, change: Partial<ZipEntry>): ZipEntry[] {
  return entries.map((entry) => (entry.name === name ? { ...entry, ...change } : entry));
}

function manifest(change: Record<string, unknown>): Uint8Array {
  return Buffer.from(JSON.stringify({ ...(JSON.parse(json) as object), ...change }));
}

test('the intact one is taken, also when another program has packed it again, with folders', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'a.tessera');
    const entries = (await intact()).map((entry) => ({ ...entry, deflate: true }));
    const folders = ['tiles/', 'tokens/', 'metadata/'].map((name) => ({ name, data: new Uint8Array(0) }));
    await writeFile(file, zip([...folders, ...entries]));
    const read = await openFile(await startEngine(folder), file);
    expect(read.document.picture.tiles.size).toBe(startWork().document.picture.tiles.size);
  }));

describe('a broken project gets one sentence', () => {
  test('a place of an entry that lies behind the end', async () => {
    const bytes = Buffer.from(zip(await intact()));
    const at = bytes.lastIndexOf(firstTile) - 4; // in its record of the table of contents, the place is before the name
    bytes.writeUInt32LE(0xfffffff0, at);
    expect(await refusalOf(bytes)).toMatchObject({
      code: 'input',
      message: expect.stringContaining(`${firstTile} is damaged`) as string,
    });
  });

  test.each<[what: string, change: (entries: ZipEntry[]) => ZipEntry[], words: string]>([
    ['no manifest', (list) => list.slice(1), 'it has no manifest.json'],
    ['a missing tile', (list) => list.filter(({ name }) => name !== firstTile), `${firstTile} is missing`],
    ['no JSON', (list) => replaced(list, 'manifest.json', { data: Buffer.from('{') }), 'is not valid JSON'],
    [
      'a huge canvas',
      (list) =>
        replaced(list, 'manifest.json', {
          data: manifest({ canvas: { x: 0, y: 0, width: 2e9, height: 2e9 } }),
        }),
      'canvas.width must be',
    ],
    [
      'a tile that is too short',
      (list) => replaced(list, firstTile, { data: deflateSync(new Uint8Array(100)) }),
      `${firstTile} is damaged`,
    ],
    [
      'a tile that unpacks to gigabytes',
      (list) => replaced(list, firstTile, { data: deflateSync(new Uint8Array(64e6)) }),
      `${firstTile} is damaged`,
    ],
    [
      'a tile that is longer than it may be',
      (list) => replaced(list, firstTile, { data: new Uint8Array(400_000), deflate: true }),
      `${firstTile} is damaged`,
    ],
    [
      'an entry that unpacks to more than it says',
      (list) => replaced(list, firstTile, { data: new Uint8Array(64e6), deflate: true, declaredSize: 1000 }),
      `${firstTile} is damaged`,
    ],
    [
      'a tile of pixels',
      (list) => replaced(list, firstTile, { data: tiles[0]!.bytes.slice(9) }),
      'is damaged',
    ],
    [
      'a name that leads out of it',
      (list) => [...list, { name: '../../../etc/passwd', data: Buffer.from('x') }],
      '"../../../etc/passwd" does not belong into one',
    ],
    [
      'an absolute name',
      (list) => [...list, { name: '/etc/passwd', data: Buffer.from('x') }],
      'does not belong',
    ],
    ['a backslash', (list) => [...list, { name: 'tiles\\1.bin', data: Buffer.from('x') }], 'does not belong'],
    [
      'a control character',
      (list) => [...list, { name: 'a\u0007b', data: Buffer.from('x') }],
      'does not belong',
    ],
    ['the same entry twice', (list) => [...list, list[1]!], 'twice'],
    ['an encrypted entry', (list) => replaced(list, firstTile, { flags: 1, deflate: true }), 'is encrypted'],
  ])('%s', async (_, change, words) => {
    const error = await refusalOf(zip(change(await intact())));
    expect(error.code).toBe('input');
    expect(error.message).toMatch(/^"a\.tessera" is not an intact Tessera project \(.*\)\.$/);
    expect(error.message).toContain(words);
    expect(error.hint).toContain('Open an earlier copy');
  });

  test('a newer format, with advice', async () => {
    const error = await refusalOf(
      zip([{ name: 'manifest.json', data: Buffer.from('{"format": 7, "layers": []}') }]),
    );
    expect(error.message).toContain('saved by a newer version of Tessera (format 7');
    expect(error.hint).toBe('Update Tessera.');
  });

  test('more tiles than any memory holds', async () => {
    const picture = Array.from({ length: 20_000 }, (_, i) => [i % 200, Math.floor(i / 200), i + 10]).flat();
    const data = manifest({ picture, original: [], selection: [], metadata: {} });
    const error = await refusalOf(zip([{ name: 'manifest.json', data, deflate: true }]));
    expect(error).toMatchObject({ code: 'limit' });
    expect(error.message).toContain('is too large (it unpacks to 5 GB; the limit is 4 GB)');
  });

  test.each([
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'it is no complete zip file'],
    ['a text', Buffer.from('Dear all'.repeat(99)), 'it is no complete zip file'],
    ['an empty file', Buffer.alloc(0), 'is empty'],
  ])('%s', async (_, bytes, words) => {
    expect((await refusalOf(bytes)).message).toContain(words);
  });

  test('one that was cut off, at any place', async () => {
    const whole = zip(await intact());
    for (const share of [0.01, 0.3, 0.6, 0.9, 0.999]) {
      const error = await refusalOf(whole.subarray(0, Math.floor(whole.length * share)));
      expect(error.message).toContain('it is no complete zip file');
    }
  });

  test('one with flipped bits, anywhere: it is refused, or nothing of it was changed', async () => {
    const whole = zip(await intact());
    for (let at = 5; at < whole.length; at += Math.floor(whole.length / 60)) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 4;
      await inFolder(async (folder) => {
        const engine = await startEngine(folder);
        const file = join(folder, 'a.tessera');
        await writeFile(file, damaged);
        try {
          const read = await openFile(engine, file);
          expect(snapshotOf(read).json).toBe(json);
        } catch (error) {
          expect(error).toBeInstanceOf(TesseraError);
          expect((error as TesseraError).code).toBe('input');
        }
      });
    }
  });
});

describe('what is no file', () => {
  test('is refused', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      await mkdir(join(folder, 'b.tessera'));
      await symlink('/dev/zero', join(folder, 'c.tessera'));
      expect((await refusal(engine, join(folder, 'a.tessera'))).message).toContain('There is no file');
      expect((await refusal(engine, join(folder, 'b.tessera'))).message).toContain('is a folder');
      expect((await refusal(engine, join(folder, 'c.tessera'))).message).toContain('a device or a pipe');
    }));
});

describe('a window that is not to be trusted', () => {
  test.each(['../x', '..', '', 'C:\\x', `${randomUUID()}/../..`])('does not get to %j', (document) =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      await writeFile(join(folder, 'x'), 'untouched');
      const asked = engine.call('recovery.drop', { document });
      await expect(asked).rejects.toMatchObject({ code: 'usage' });
      expect((await readdir(folder)).sort()).toEqual(['recovery', 'x']);
    }),
  );

  test('cannot keep what could not be read again', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      await client.keep(startWork());
      const kept = engine.call('recovery.keep', { document: client.id, json: '{"format":1}' });
      await expect(kept).rejects.toMatchObject({ code: 'input' });
      const { document } = (await engine.call('recovery.list', { open: [] }))[0]!;
      expect(document).toBe(client.id); // the last good one is still there
    }));
});
