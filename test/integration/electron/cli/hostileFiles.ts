import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { formatNpy } from '../../../../electron/io/npy.ts';
import { changedTiny, temporaryFolder } from '../../native-models/runtime/fixtures.ts';
import { zip } from '../../native-models/runtime/zip.ts';
import { gradient, makeFile, rgbOf, tessera, TINY, workspace, writePng, writeRectMask } from './support.ts';

export const SIZE = { width: 64, height: 48 };
const RECT = { x: 20, y: 16, width: 16, height: 12 };

/** Good files to break one thing at a time, and bad ones. */
export async function makeFiles() {
  const space = workspace();
  const photo = await writePng(space, 'photo.png', gradient(SIZE.width, SIZE.height));
  const mask = await writeRectMask(space, 'mask.png', SIZE, RECT);
  const grid = space.at('grid.json');
  await tessera('encode', photo, '--out', grid, '--package', TINY);
  mkdirSync(space.at('out'));
  mkdirSync(space.at('folder'));
  mkdirSync(space.at('folder.png'));
  await makePictures(space);
  await makeMasks(space);
  makeTokens(space, grid);
  makeArchives(space);
  return {
    space,
    photo,
    mask,
    grid,
    packages: makePackages(),
    out: (name: string) => space.at('out', name),
  };
}

type Space = ReturnType<typeof workspace>;

/** Formats whose files are cut off, and after which share of their bytes. */
export const CUT_FORMATS = ['.jpg', '.png', '.webp', '.avif', '.tif', '.gif', '.jxl'] as const;
export const CUT_SHARES = [0.02, 0.3, 0.7] as const;

async function makePictures(space: Space): Promise<void> {
  const samples = rgbOf(gradient(SIZE.width, SIZE.height));
  for (const format of CUT_FORMATS) {
    const whole = await makeFile(format, samples);
    for (const share of CUT_SHARES) {
      space.write(`cut-${share}${format}`, whole.subarray(0, Math.ceil(whole.length * share)));
    }
  }
  space.write('empty.png', '');
  space.write('text.png', 'This is no picture at all, whatever its name says.\n');
  space.write('noise.jpg', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 2654435761) >>> 24)));
  space.write('animation.gif', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'));
  space.write(
    'drawing.svg',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
  );
  space.write('bomb.png', pngOf(60_000, 60_000));
  space.write('wide-bomb.png', pngOf(2_147_483_647, 1));
  space.write('nothing.png', pngOf(0, 0));
  space.write('long.png', await makeFile('.png', rgbOf(gradient(30_000, 10))));
  space.write('dot.png', await makeFile('.png', rgbOf(gradient(1, 1))));
  symlinkSync(space.at('loop.png'), space.at('loop.png'));
}

/** A PNG whose header promises a size that its few bytes do not hold. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(1024));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function makeMasks(space: Space): Promise<void> {
  await writeRectMask(space, 'black.png', SIZE, { x: 0, y: 0, width: 0, height: 0 });
  await writeRectMask(space, 'white.png', SIZE, { x: 0, y: 0, ...SIZE });
  await writeRectMask(space, 'small.png', { width: 32, height: 24 }, { x: 2, y: 2, width: 9, height: 9 });
  await writeRectMask(
    space,
    'long-mask.png',
    { width: 30_000, height: 10 },
    { x: 99, y: 2, width: 40, height: 5 },
  );
  await writeRectMask(space, 'dot-mask.png', { width: 1, height: 1 }, { x: 0, y: 0, width: 1, height: 1 });
  await writeRectMask(space, 'turned.png', { width: SIZE.height, height: SIZE.width }, RECT);
}

function makeTokens(space: Space, grid: string): void {
  const good = JSON.parse(readFileSync(grid, 'utf8')) as Record<string, unknown>;
  const ids = good.ids as number[];
  const variants: Record<string, Record<string, unknown>> = {
    newer: { format: 2 },
    old: { format: 'one' },
    short: { ids: ids.slice(1) },
    range: { ids: [8, ...ids.slice(1)] },
    negative: { ids: [-2, ...ids.slice(1)] },
    fraction: { ids: [0.5, ...ids.slice(1)] },
    words: { ids: ['one', ...ids.slice(1)] },
    masked: { ids: [-1, ...ids.slice(1)] },
    other: { package: { id: 'another', sha256: '0'.repeat(64) } },
    rebuilt: { package: { id: 'tiny', sha256: '0'.repeat(64) } },
    huge: { width: 4_000_000, height: 4_000_000 },
    empty: { width: 0, height: 0, ids: [] },
    pins: { pins: [4711] },
    scale: { frame: { rect: { x: 0, y: 0, width: 64, height: 48 }, scale: 1e9 } },
    tiny: { frame: { rect: { x: 0, y: 0, width: 64, height: 48 }, scale: 1e-9 } },
  };
  for (const [name, change] of Object.entries(variants)) {
    space.write(`${name}.json`, JSON.stringify({ ...good, ...change }));
  }
  space.write('broken.json', '{"format": 1,');
  space.write('list.json', '[]');
  space.write('binary.json', Buffer.from([0xff, 0xfe, 0, 1, 2]));

  const array = formatNpy({ width: 8, height: 6, ids: Int32Array.from(ids) });
  const text = Buffer.from(array).toString('latin1');
  space.write('cut.npy', array.subarray(0, array.length - 5));
  space.write('header.npy', array.subarray(0, 20));
  space.write('fortran.npy', Buffer.from(text.replace('False,', 'True, '), 'latin1'));
  space.write('float.npy', Buffer.from(text.replace('<i4', '<f4'), 'latin1'));
  space.write('line.npy', Buffer.from(text.replace('(6, 8)', '(48,) '), 'latin1'));
  space.write('range.npy', formatNpy({ width: 1, height: 2, ids: Int32Array.of(0, 8) }));
  space.write('text.npy', 'numbers');
}

function makeArchives(space: Space): void {
  const files = readdirSync(TINY).map((name) => ({ name, data: readFileSync(path.join(TINY, name)) }));
  const [first] = files;
  space.write('slip.tspkg', zip([...files, { name: '../evil.txt', data: Buffer.from('evil') }]));
  space.write('absolute.tspkg', zip([...files, { name: '/evil.txt', data: Buffer.from('evil') }]));
  space.write('link.tspkg', zip([...files, { name: 'link', data: Buffer.from('/etc'), mode: 0o120777 }]));
  space.write('bare.tspkg', zip([first!]));
  space.write('wrong.tspkg', zip(files.map((file) => ({ ...file, data: changedBytes(file) }))));
  space.write('cut.tspkg', zip(files).subarray(0, 3000));
  space.write('text.tspkg', 'no zip');
}

function changedBytes({ name, data }: { readonly name: string; readonly data: Buffer }): Buffer {
  return name === 'manifest.json' ? data : Buffer.from(data.map((byte, i) => (i === 40 ? byte ^ 1 : byte)));
}

/** Folders that are packages but for one thing. */
function makePackages() {
  const manifestText = (text: string) => {
    const folder = changedTiny();
    writeFileSync(path.join(folder, 'manifest.json'), text);
    return folder;
  };
  return {
    none: temporaryFolder(),
    json: manifestText('{"format": 1'),
    list: manifestText('[]'),
    newer: manifestText('{"format": 2, "id": "tiny"}'),
    hash: changedTiny({
      manifest(manifest) {
        manifest.files['encoder.onnx']!.sha256 = '0'.repeat(64);
      },
    }),
    missing: changedTiny({
      manifest(manifest) {
        manifest.files['decoder.onnx']!.bytes += 1;
      },
    }),
    escape: changedTiny({
      manifest(manifest) {
        manifest.tokenizer.encoder = '../encoder.onnx';
      },
    }),
    shapes: changedTiny({
      manifest(manifest) {
        manifest.tokenizer.downsample = 4;
      },
    }),
    model: changedTiny({ files: { 'denoiser.onnx': Buffer.from('no model') } }),
  };
}
