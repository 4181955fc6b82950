import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { DETECTORS } from '../../../../../native-models/importers/recognise/detectors.ts';
import { openWeights } from '../../../../../native-models/importers/recognise/openModel.ts';
import {
  call,
  dict,
  int,
  name,
  pickle,
  proto,
  safetensorsFile,
  tensor,
  text,
  torchFile,
  tuple,
  u32,
  u64,
  zip,
} from './hostileFiles.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../../../fixtures/importers');
const MEMORY = 2 ** 30; // bytes
const folder = mkdtempSync(path.join(tmpdir(), 'tessera-hostile-'));
const ran = path.join(folder, 'ran'); // what a file writes that gets its way
afterAll(() => rm(folder, { recursive: true }));

/** mulberry32: the same files on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Case = readonly [string, Buffer];
const good = pickle(dict(text('w'), tensor()));
const b = (value: string | number[]): Buffer =>
  typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from(value);
const one = { dtype: 'F32', shape: [4], data_offsets: [0, 16] };

function calls(): Case[] {
  const callees = [
    ['os', 'system'],
    ['posix', 'system'],
    ['subprocess', 'Popen'],
    ['builtins', 'eval'],
    ['builtins', 'exec'],
    ['__builtin__', 'getattr'],
    ['nt', 'system'],
    ['runpy', 'run_path'],
    ['torch.hub', 'load'],
    ['pty', 'spawn'],
    ['webbrowser', 'open'],
    ['shutil', 'rmtree'],
    ['importlib', 'import_module'],
    ['torch', 'load'],
    ['torch._utils', '__import__'],
    ['collections', 'OrderedDict.__class__'],
    ['__proto__', 'constructor'],
  ] as const;
  return callees.flatMap(([module, symbol]) => {
    const callee = name(module, symbol);
    const run = call(callee, text(`touch ${ran}`));
    const state = Buffer.concat([run, text('x'), b('b')]);
    const object = Buffer.concat([callee, tuple(text(ran)), b([0x81])]);
    const stackGlobal = Buffer.concat([text(module), text(symbol), b([0x93]), tuple(text(ran)), b('R')]);
    const inst = Buffer.concat([b('('), text(ran), b(`i${module}\n${symbol}\n`)]);
    return [run, state, object, stackGlobal, inst].map((body, i): Case => [
      `${module}.${symbol} ${i}`,
      torchFile(pickle(body)),
    ]);
  });
}

function tensors(): Case[] {
  const claims = [
    { offset: 1 },
    { offset: -1 },
    { offset: 2 ** 52 },
    { offset: 2 ** 60 },
    { shape: [5] },
    { shape: [-4] },
    { shape: [2 ** 31] },
    { shape: [2 ** 40, 2 ** 40], strides: [0, 0] },
    { strides: [-1] },
    { strides: [2] },
    { strides: [2 ** 53] },
    { shape: [4, 4], strides: [1, 1] },
    { shape: [2, 2] },
    { strides: [1, 1] },
    { shape: [2 ** 30], strides: [0] },
    { elements: 5 },
    { elements: -1 },
    { elements: 2 ** 50 },
    { key: '1' },
    { key: '../0' },
    { key: '/etc/passwd' },
    { key: '' },
    { key: '__proto__' },
    { shape: new Array<number>(17).fill(1), strides: new Array<number>(17).fill(1) },
  ];
  return claims.map((claim) => [
    `tensor ${JSON.stringify(claim)}`,
    torchFile(pickle(dict(text('w'), tensor(claim)))),
  ]);
}

function pickles(): Case[] {
  const repeat = (piece: Buffer, times: number): Buffer => Buffer.alloc(piece.length * times, piece);
  const bodies: Record<string, Buffer> = {
    'memo bomb': Buffer.concat([proto, b('N'), repeat(b([0x94]), 1_100_000), b('.')]),
    'memo of large keys': Buffer.concat([proto, b('N'), b('r'), u32(0xffffffff), b('.')]),
    'marks without end': Buffer.concat([proto, repeat(b('('), 2_000_000)]),
    'nested lists': Buffer.concat([proto, repeat(b(']'), 2_000_000)]),
    'nested tuples': Buffer.concat([proto, b('N'), repeat(b([0x85]), 3_000_000), b('.')]),
    'doubling lists': pickle(
      b(']q\0' + '0'),
      ...Array.from({ length: 60 }, (_, i) =>
        b([...b('](h'), i, ...b('h'), i, ...b('eq'), i + 1, ...b('0')]),
      ),
      b('h<'),
    ),
    'a list in itself': pickle(b(']q\0h\0a')),
    'a dictionary in itself': pickle(b('}q\0'), text('model'), b('h\0s')),
    'opcodes without end': Buffer.concat([proto, repeat(b('N0'), 3_000_000), b('.')]),
    'an endless text': Buffer.concat([proto, b('X'), u32(0xffffffff), b('abc')]),
    'an endless text of 64 bits': Buffer.concat([proto, b([0x8d]), u64(-1), b('abc')]),
    'endless bytes': Buffer.concat([proto, b([0x8e]), u64(2n ** 62n)]),
    'an endless line': Buffer.concat([b('c'), repeat(b('a'), 1_000_000)]),
    'an endless number': Buffer.concat([b('L'), repeat(b('9'), 1_000_000), b('\n.')]),
    'a wide number': Buffer.concat([proto, b([0x8b]), u32(0x7fffffff)]),
    'the same name twice': pickle(dict(text('w'), tensor(), text('w'), tensor())),
    'a long name before many': pickle(
      b('}'),
      text('n'.repeat(1_000_000)),
      b('}('),
      ...Array.from({ length: 2000 }, (_, i) => Buffer.concat([text(`${i}`), tensor()])),
      b('us'),
    ),
    'names that meet': pickle(dict(text('module.w'), tensor(), text('w'), tensor())),
    'an odd dictionary': pickle(b('}('), text('w'), b('u')),
    'pop of nothing': b('0.'),
    'reduce of nothing': b('R.'),
    'build of nothing': b('b.'),
    'no value': b('.'),
    'recall of nothing': b('h\0.'),
    'a mark as a value': b('(.'),
    'append to nothing': b('Na.'),
    nothing: b(''),
    'an extension': b([0x82, 1]),
    'a buffer beside': b([0x97]),
    'a text persistent id': b('Pabc\n.'),
    'a newer protocol': b([0x80, 6, 0x4e, 0x2e]),
    'values left over': b('NN.'),
    'a number': pickle(int(3)),
    'an unknown persistent id': pickle(tuple(text('else')), b('Q')),
    'a bare persistent id': pickle(text('0'), b('Q')),
    'a tensor of no storage': pickle(
      call(name('torch._utils', '_rebuild_tensor_v2'), int(0), int(0), tuple(), tuple()),
    ),
    'a tensor of nothing': pickle(call(name('torch._utils', '_rebuild_tensor_v2'))),
    'pairs that are none': pickle(call(name('collections', 'OrderedDict'), int(1))),
    'no weights': pickle(dict(text('a'), int(1))),
    'deep places': pickle(
      ...Array.from({ length: 50 }, () => Buffer.concat([b('}'), text('model')])),
      b('}'),
      b('s'.repeat(50)),
    ),
  };
  return Object.entries(bodies).map(([label, body]) => [label, torchFile(body)]);
}

function archives(): Case[] {
  const entries = [
    ['a/data.pkl', good],
    ['a/data/0', Buffer.alloc(16)],
  ] as const;
  const make = (label: string, ...args: Parameters<typeof zip>): Case => [label, zip(...args)];
  return [
    make('compressed', entries, { method: 8 }),
    make('unknown method', entries, { method: 99 }),
    make('encrypted', entries, { flags: 1 }),
    make('size beyond the file', entries, { claimedSize: 2 ** 30 }),
    make('size of 64 bits that is missing', entries, { claimedSize: 0xffffffff }),
    make('overlapping entries', entries, { claimedSize: 17, claimedOffset: 0 }),
    make('header beyond the file', entries, { claimedOffset: 2 ** 30 }),
    make('header in the middle', entries, { claimedOffset: 3 }),
    make('too many entries', entries, { count: 9 }),
    make('too few entries', entries, { count: 1 }),
    make('two pickles', [...entries, ['b/data.pkl', good]]),
    make('an entry twice', [...entries, ['a/data/0', Buffer.alloc(16)]]),
    make('TorchScript', [...entries, ['a/constants.pkl', good]]),
    make('unknown byte order', [...entries, ['a/byteorder', b('odd')]]),
    make('long byte order', [...entries, ['a/byteorder', Buffer.alloc(999)]]),
    make('no pickle', [['a/data/0', Buffer.alloc(4)]]),
    make('a pickle in a folder too deep', [['a/b/data.pkl', good]]),
    ['empty', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(600)],
    ['only a signature', b('PK\x03\x04')],
    ['text', b('hello, world')],
    ['a bare pickle', good],
    ['tar', Buffer.concat([Buffer.alloc(257), b('ustar'), Buffer.alloc(400)])],
  ];
}

function safetensors(): Case[] {
  const headers: [string, Buffer][] = [
    ['longest length', safetensorsFile({ w: one }, undefined, -1)],
    ['long length', safetensorsFile({ w: one }, undefined, 1e9)],
    ['short length', safetensorsFile({ w: one }, undefined, 5)],
    ['no JSON', safetensorsFile('{"w": ')],
    ['deep JSON', safetensorsFile(`{"w":${'['.repeat(200_000)}`)],
    ['duplicate', safetensorsFile(`{"w":${JSON.stringify(one)},"w":${JSON.stringify(one)}}`)],
    ['prototype', safetensorsFile('{"__proto__":{"dtype":"F32"}}')],
  ];
  const lies: [string, Record<string, unknown>][] = [
    ['dtype', { dtype: 'F8_E4M3' }],
    ['prototype dtype', { dtype: 'constructor' }],
    ['no dtype', { dtype: 7 }],
    ['shape', { shape: [5] }],
    ['negative shape', { shape: [-4] }],
    ['fraction', { shape: [0.5, 8] }],
    ['huge shape', { shape: [2 ** 40, 2 ** 40] }],
    ['reversed', { data_offsets: [16, 0] }],
    ['outside', { data_offsets: [0, 32], shape: [8] }],
    ['hole', { data_offsets: [4, 16], shape: [3] }],
    ['short data', { data_offsets: [0, 12], shape: [3] }],
    ['odd', { data_offsets: [0, 15] }],
    ['three offsets', { data_offsets: [0, 8, 16] }],
    ['text offsets', { data_offsets: ['0', '16'] }],
    ['no offsets', { data_offsets: null }],
  ];
  const made = lies.map(([label, lie]): Case => [
    `safetensors ${label}`,
    safetensorsFile({ w: { ...one, ...lie } }),
  ]);
  const overlap = { a: one, b: { ...one, shape: [2], data_offsets: [8, 16] } };
  return [...headers, ...made, ['overlap', safetensorsFile(overlap)]];
}

function legacy(): Case[] {
  const magic = Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex');
  const machine = pickle(dict(text('little_endian'), b([0x88])));
  const file = (keys: Buffer, data: Buffer, version = 1001, list = good): Buffer =>
    Buffer.concat([magic, pickle(int(version)), machine, list, pickle(keys), data]);
  const keys = Buffer.concat([b(']'), text('0'), b('a')]);
  const twice = Buffer.concat([b(']('), text('0'), text('0'), b('e')]);
  const four = Buffer.concat([u64(4), Buffer.alloc(16)]);
  return [
    ['legacy count beyond the file', file(keys, Buffer.concat([u64(2n ** 61n), Buffer.alloc(16)]))],
    ['legacy negative count', file(keys, Buffer.concat([u64(-4), Buffer.alloc(16)]))],
    ['legacy small count', file(keys, Buffer.concat([u64(3), Buffer.alloc(16)]))],
    ['legacy data twice', file(twice, Buffer.concat([four, four]))],
    ['legacy data of nobody', file(Buffer.concat([b(']'), text('9'), b('a')]), four)],
    ['legacy without data', file(b(']'), four)],
    ['legacy keys that are none', file(int(1), four)],
    ['legacy version', file(keys, four, 1002)],
    ['legacy call', file(keys, four, 1001, pickle(call(name('os', 'system'), text(`touch ${ran}`))))],
  ];
}

const whole = ['kinds.pt', 'kinds_legacy.pt', 'kinds.safetensors', 'lightning.ckpt', 'ut_sampler_legacy.th'];

function truncated(): Case[] {
  const next = random(1);
  return whole.flatMap((file) => {
    const bytes = readFileSync(path.join(FIXTURES, file));
    return Array.from({ length: 24 }, (_, i): Case => {
      const length = Math.floor(next() * bytes.length);
      return [`${file} cut ${i} at ${length}`, bytes.subarray(0, length)];
    });
  });
}

async function attempt(bytes: Buffer): Promise<unknown> {
  const file = path.join(folder, 'hostile');
  await writeFile(file, bytes);
  try {
    const checkpoint = await openWeights(file);
    try {
      for (const key of checkpoint.tensors.keys()) await checkpoint.read(key);
    } finally {
      await checkpoint.close();
    }
    return null;
  } catch (error) {
    return error;
  }
}

function expectSentence(error: unknown, label: string): void {
  expect(error, label).toBeInstanceOf(TesseraError);
  expect((error as Error).message, label).toMatch(/^[^\n]{10,400}\.$/);
  expect((error as TesseraError).code, label).toBe('input');
}

const refused = [
  ...calls(),
  ...tensors(),
  ...pickles(),
  ...archives(),
  ...safetensors(),
  ...legacy(),
  ...truncated(),
];

test('broken and malicious files are refused with one sentence each', { timeout: 120_000 }, async () => {
  const before = process.memoryUsage.rss();
  for (const [label, bytes] of refused) {
    expectSentence(await attempt(bytes), label);
    expect(process.memoryUsage.rss() - before, label).toBeLessThan(MEMORY);
  }
  expect(existsSync(ran)).toBe(false);
  expect(readdirSync(folder)).toEqual(['hostile']);
});

/** As many tensors as a file may have, whose names are what is looked for at many depths. */
const CROWDS: [string, (i: number) => string][] = [
  ['under nested prefixes', (i) => `${'a.'.repeat(i % 20)}${MARKS[i % MARKS.length]!}${i < 200 ? '' : i}`],
  [
    'as averages',
    (i) => (i % 2 ? 'ema.' : 'model.') + (i < 40 ? MARKS[i >> 1]! : `encoder.x${i >> 1}.weight`),
  ],
  ['as many averages of one', (i) => `ema.${i}.${MARKS[2]!}`],
];
const MARKS = DETECTORS.map(({ mark }) => mark);

test.each(CROWDS)('tensors %s are looked through in time', async (_, nameOf) => {
  const names = new Set(Array.from({ length: 60_000 }, (_, i) => nameOf(i)));
  const header = [...names].map((key, i): [string, unknown] => [
    key,
    { dtype: 'U8', shape: [2, 3], data_offsets: [6 * i, 6 * i + 6] },
  ]);
  const file = path.join(folder, 'crowd');
  await writeFile(file, safetensorsFile(Object.fromEntries(header), Buffer.alloc(6 * names.size)));
  const started = performance.now();
  await openWeights(file).then(
    (weights) => weights.close(),
    (error: unknown) => {
      expectSentence(error, 'crowd');
    },
  );
  expect(performance.now() - started).toBeLessThan(5000);
  await rm(file);
});

test('files with changed bytes are read or refused with one sentence', { timeout: 120_000 }, async () => {
  const next = random(2);
  for (let i = 0; i < 300; i++) {
    const file = whole[i % whole.length]!;
    const bytes = Buffer.from(readFileSync(path.join(FIXTURES, file)));
    for (let n = 0; n <= i % 4; n++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
    const error = await attempt(bytes);
    if (error !== null) expectSentence(error, `${file} ${i}`);
  }
});

test('the files that the malicious ones are made from are read', async () => {
  expect(await attempt(torchFile(good))).toBeNull();
  expect(await attempt(safetensorsFile({ w: one }))).toBeNull();
});

test('a call beside the weights is not made, and the weights are read', async () => {
  const run = call(name('os', 'system'), text(`touch ${ran}`));
  expect(await attempt(torchFile(pickle(dict(text('x'), run, text('w'), tensor()))))).toBeNull();
  expect(existsSync(ran)).toBe(false);
});

test('there are at least 300 files that must be refused', () => {
  expect(refused.length).toBeGreaterThanOrEqual(300);
});
