import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { readArchive } from '../../../native-models/runtime/packageArchive.ts';
import { loadPackage } from '../../../native-models/runtime/loadPackage.ts';
import { MANIFEST_NAME } from '../../../core/model/manifest.ts';
import { openCheckpoint } from '../../../native-models/importers/readers/openCheckpoint.ts';
import { openSettings } from '../../../electron/main/settings.ts';
import { understandMask } from '../../../electron/io/masks.ts';
import { formatNpy } from '../../../electron/io/npy.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { readTokenFile } from '../../../electron/io/tokenFiles.ts';
import { pictureBytes, writePicture } from '../../../electron/io/writePicture.ts';
import { formatTokenFile, TOKEN_FILE_FORMAT } from '../../../core/tokens/tokenFile.ts';
import { paint } from '../../unit/core/document/support.ts';
import { commit, startWork } from '../../unit/core/document/project/support.ts';
import { gradient, makeFile, rgbOf } from '../../unit/electron/io/make.ts';
import { openFile, recover, startClient, startEngine } from '../electron/engine/methods/projects/support.ts';
import { zip } from '../native-models/runtime/zip.ts';

/** Something that reads files of others. */
export interface Reader {
  readonly kind: string;
  readonly files: readonly string[]; // good ones, to be spoiled
  /** @param place an empty folder beside the file */
  readonly read: (file: string, place: string) => Promise<unknown>;
}

const SIZE = { width: 96, height: 64 };
const FORMATS: readonly [suffix: string, save: object][] = [
  ['.jpg', {}],
  ['.jpg', { interlace: true }],
  ['.png', {}],
  ['.png', { interlace: true }],
  ['.png', { palette: true }],
  ['.webp', { Q: 70 }],
  ['.webp', { lossless: true }],
  ['.tif', {}],
  ['.tif', { compression: 'deflate', predictor: 'horizontal' }],
  ['.tif', { compression: 'lzw', tile: true }],
  ['.tif', { compression: 'jpeg' }],
  ['.avif', {}],
  ['.gif', {}],
  ['.jxl', {}],
  ['.jxl', { lossless: true }],
];
const FIXTURES = path.resolve('test/fixtures');
const TINY = path.join(FIXTURES, 'tiny-package', 'tiny');

/** All readers, with files that they can read. */
export async function makeReaders(root: string): Promise<readonly Reader[]> {
  const folder = path.join(root, 'good');
  await mkdir(folder);
  const put = async (name: string, bytes: Uint8Array | string): Promise<string> => {
    await writeFile(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  const made = await Promise.all(
    FORMATS.map(async ([suffix, save], i) =>
      put(`${i}${suffix}`, await makeFile(suffix, rgbOf(gradient(96, 64)), { save })),
    ),
  );
  const pictures = [...made, ...(await picturesOfOthers())];
  return [
    { kind: 'picture', files: pictures, read: (file) => readPicture(file) },
    { kind: 'damaged', files: pictures, read: (file) => readPicture(file, '', { partial: true }) },
    { kind: 'mask', files: pictures, read: (file) => understandMask(file, SIZE) },
    await metadataReader(put),
    { kind: 'token file', files: [await put('a.json', tokens())], read: readTokenFile },
    { kind: 'array', files: [await put('a.npy', formatNpy(GRID))], read: readTokenFile },
    await projectReader(folder),
    await recoveryReader(folder),
    { kind: 'archive', files: [await put('a.tspkg', await archive())], read: readArchive },
    await packageReader(),
    { kind: 'checkpoint', files: await checkpoints(), read: readCheckpoint },
    await settingsReader(put),
  ];
}

/** Pictures in formats that we do not write. */
async function picturesOfOthers(): Promise<string[]> {
  const folder = path.join(FIXTURES, 'pictures');
  const names = (await readdir(folder)).filter((name) => /\.(heic|jp2|j2k|psd|bmp)$/.test(name));
  return names.map((name) => path.join(folder, name));
}

const GRID = { width: 4, height: 3, ids: Int32Array.from({ length: 12 }, (_, i) => i) };

function tokens(): string {
  const made = { id: 'tiny', sha256: '0'.repeat(64) };
  const { width, height, ids } = GRID;
  return formatTokenFile({
    format: TOKEN_FILE_FORMAT,
    package: made,
    width,
    height,
    ids: [...ids],
    pins: [1],
  });
}

/** What cameras write beside pictures, into every format that is written. */
async function metadataReader(put: (name: string, bytes: Uint8Array) => Promise<string>): Promise<Reader> {
  const { metadata } = await readPicture(path.resolve('assets/samples/nuthatch.jpg'));
  const xmp =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights><rdf:Alt><rdf:li>mine</rdf:li></rdf:Alt>' +
    '</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>';
  const exif =
    metadata.exif ?? Buffer.from('II*\0\b\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0', 'latin1');
  const files = [await put('a.exif', exif), await put('a.xmp', Buffer.from(xmp))];
  return {
    kind: 'metadata',
    files,
    async read(file) {
      const bytes = new Uint8Array(await readFile(file));
      const found = file.endsWith('.exif') ? { exif: bytes } : { xmp: bytes };
      for (const format of ['jpeg', 'png', 'webp'] as const) {
        await pictureBytes(gradient(8, 8), format, { metadata: found, location: false });
      }
    },
  };
}

/** Settings that cannot be read count as missing. */
async function settingsReader(put: (name: string, text: string) => Promise<string>): Promise<Reader> {
  const recent = [{ path: '/a/b.jpg', kind: 'picture' }];
  const files = [
    await put('recent.json', JSON.stringify(recent)),
    await put('window.json', JSON.stringify({ x: 1, y: 2, width: 900, height: 700, maximized: false })),
    await put('session.json', JSON.stringify(['/a/b.jpg'])),
    await put('preferences.json', JSON.stringify({ theme: 'dark', scale: 100, preset: 'draft' })),
  ];
  return {
    kind: 'settings',
    files,
    async read(_file, place) {
      const settings = await openSettings(place);
      expect(Array.isArray(settings.recent.value)).toBe(true);
    },
  };
}

const work = () => {
  const begun = startWork();
  return commit(begun, 'Brush', paint(begun.document, { x: 0, y: 0, width: 30, height: 30 }, 1));
};

async function projectReader(folder: string): Promise<Reader> {
  const file = path.join(folder, 'a.tessera');
  await startClient(await startEngine(folder)).save(work(), file);
  return {
    kind: 'project',
    files: [file, path.join(FIXTURES, 'projects', 'format1.tessera')],
    read: async (spoiled, place) => openFile(await startEngine(place), spoiled),
  };
}

/** Of a folder with unsaved work, one file is spoiled. */
async function recoveryReader(folder: string): Promise<Reader> {
  const engine = await startEngine(folder);
  const client = startClient(engine);
  const picture = path.join(folder, 'origin.png');
  await writePicture(picture, gradient(300, 200));
  await client.keep(work());
  await engine.call('recovery.origin', {
    document: client.id,
    file: picture,
    json: client.snapshot(work()).json,
  });
  await client.keep(work());
  const kept = path.join(engine.folder, client.id);
  const names = (await readdir(kept)).filter((name) => name !== 'owner.json');
  return {
    kind: 'recovery',
    files: names.map((name) => path.join(kept, name)),
    async read(spoiled, place) {
      const own = await startEngine(place);
      const document = randomUUID();
      await cp(kept, path.join(own.folder, document), { recursive: true });
      await rename(spoiled, path.join(own.folder, document, path.basename(spoiled)));
      const listed = await own.call('recovery.list', { open: [] });
      for (const one of listed) await recover(own, one.document);
    },
  };
}

async function archive(): Promise<Buffer> {
  const names = await readdir(TINY);
  return zip(
    await Promise.all(
      names.map(async (name) => ({ name, data: await readFile(path.join(TINY, name)), deflate: true })),
    ),
  );
}

async function packageReader(): Promise<Reader> {
  const names = await readdir(TINY);
  return {
    kind: 'package',
    files: [MANIFEST_NAME, ...names].map((name) => path.join(TINY, name)),
    async read(spoiled, place) {
      const folder = path.join(place, 'tiny');
      await cp(TINY, folder, { recursive: true });
      await rename(spoiled, path.join(folder, path.basename(spoiled)));
      const loaded = await loadPackage(folder);
      await loaded.dispose();
    },
  };
}

async function checkpoints(): Promise<string[]> {
  const folder = path.join(FIXTURES, 'importers');
  const names = await readdir(folder);
  return names
    .filter((name) => /\.(pt|pth|th|ckpt|safetensors)$/.test(name))
    .map((name) => path.join(folder, name));
}

async function readCheckpoint(file: string): Promise<void> {
  const checkpoint = await openCheckpoint(file);
  try {
    for (const name of [...checkpoint.tensors.keys()].slice(0, 3)) await checkpoint.read(name);
  } finally {
    await checkpoint.close();
  }
}
