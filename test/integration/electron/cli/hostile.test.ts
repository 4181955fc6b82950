import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { userPackages } from '../../../../electron/io/packageFolders.ts';
import { CUT_FORMATS, CUT_SHARES, makeFiles } from './hostileFiles.ts';
import { tessera, TINY } from './support.ts';

// Every case is a command line that must fail with one sentence, change nothing on disk, and say nothing else.

let files: Awaited<ReturnType<typeof makeFiles>>;
type Case = readonly [title: string, args: () => readonly string[]];

beforeAll(async () => {
  files = await makeFiles();
});

const fill = (change: { picture?: string; mask?: string; out?: string }, ...more: string[]) => [
  ...['fill', change.picture ?? files.photo, '--mask', change.mask ?? files.mask],
  ...['--out', change.out ?? files.out('result.png'), '--package', TINY, ...more],
];
const at = (name: string) => files.space.at(name);

async function expectOneSentence(args: readonly string[]): Promise<void> {
  const before = files.space.list();
  const { code, stdout, stderr } = await tessera(...args);
  expect(stderr).toMatch(/^tessera: [^\n]*[.!?]\n$/);
  expect(stderr).not.toMatch(/defect|undefined|\[object|NaN|\bat \S+:\d+/);
  expect([1, 2]).toContain(code);
  expect(stdout).toBe('');
  expect(files.space.list()).toEqual(before);
}

function refuses(cases: readonly Case[]): void {
  it.each(cases)('%s', async (_title, args) => {
    await expectOneSentence(args());
  });
}

const pictureCase =
  (command: (name: string) => readonly string[]) =>
  (name: string): Case => [name, () => command(name)];

describe('a picture that is', () => {
  const cut = CUT_FORMATS.flatMap((format) => CUT_SHARES.map((share) => `cut-${share}${format}`));
  refuses(
    [
      ...cut,
      'empty.png',
      'text.png',
      'noise.jpg',
      'animation.gif',
      'drawing.svg',
      'bomb.png',
      'wide-bomb.png',
      'nothing.png',
      'loop.png',
      'folder.png',
      'missing.png',
    ].map(pictureCase((name) => fill({ picture: at(name) }))),
  );
  refuses([
    ['30000 x 10 px', () => fill({ picture: at('long.png'), mask: at('long-mask.png') })],
    ['1 x 1 px', () => fill({ picture: at('dot.png'), mask: at('dot-mask.png') })],
    ['named with a NUL', () => fill({ picture: 'a\0b.png' })],
    ['named with nothing', () => fill({ picture: '' })],
    ['too small to encode', () => ['encode', at('dot.png'), '-o', files.out('t.json'), '-p', TINY]],
  ]);
});

describe('a mask that is', () => {
  refuses(
    [
      'black.png',
      'small.png',
      'turned.png',
      'text.png',
      'empty.png',
      'cut-0.7.png',
      'folder',
      'missing.png',
    ].map(pictureCase((name) => fill({ mask: at(name) }))),
  );
  refuses([
    ['white and inverted', () => fill({ mask: at('white.png') }, '--invert')],
    ['shrunk to nothing', () => fill({}, '--grow', '-100')],
    ['in no place for {name}', () => fill({ mask: at('{name}-mask.png') })],
  ]);
});

describe('an output that', () => {
  refuses([
    ['lies in no folder', () => fill({ out: at('nowhere/result.png') })],
    ['lies in a file', () => fill({ out: at('photo.png/result.png') })],
    ['is the picture', () => fill({ out: files.photo })],
    ['is the mask', () => fill({ out: files.mask })],
    ['is a format that we do not write', () => fill({ out: files.out('result.bmp') })],
    ['has no extension', () => fill({ out: files.out('result') })],
    ['is one for two', () => ['fill', files.photo, at('white.png'), ...fill({}).slice(2)]],
    [
      'would be written twice',
      () => ['fill', files.photo, files.photo, '-m', files.mask, '-o', files.out('')],
    ],
    ['keeps tokens as a picture', () => fill({}, '--keep-tokens', files.out('tokens.png'))],
    ['is a folder where a file lies', () => fill({ out: `${at('photo.png')}/` })],
    ['has a name that is too long', () => fill({ out: files.out(`${'x'.repeat(300)}.png`) })],
  ]);

  it.runIf(process.platform === 'linux')('may not be written', async () => {
    await expectOneSentence(fill({ out: '/proc/self/result.png' }));
  });
});

describe('an option', () => {
  const values: readonly (readonly [string, ...string[]])[] = [
    ['--seed', '-1', '4294967296', '1.5', 'x', ''],
    ['--candidates', '0', '9', 'many'],
    ['--steps', '0', '-3', '10001', '1e2'],
    ['--order', 'spiral', ''],
    ['--schedule', 'sine'],
    ['--temperature', '-1', 'hot', 'Infinity'],
    ['--top-k', '0', '1.5'],
    ['--top-p', '0', '1.1'],
    ['--truncation', '0', '2'],
    ['--gumbel', '-1', 'x'],
    ['--remasking', 'cap', 'cap:2', 'loop:0.1:0.9:0.2', 'other'],
    ['--scale', '0', '-2', '65'],
    ['--feather', '-1', '1.5', '1001'],
    ['--detail', '-0.1', '1.1', 'much'],
    ['--texture', '-0.1', '1.1', 'much'],
    ['--grow', '1001', 'x'],
    ['--quality', '0', '101'],
    ['--preset', 'best'],
    ['--provider', 'gpu'],
    ['--threads', '0'],
  ];
  refuses(
    values.flatMap(([option, ...texts]) =>
      texts.map((text): Case => [`${option} "${text}"`, () => fill({}, option, text)]),
    ),
  );
  refuses([
    ['without its value', () => fill({}, '--seed')],
    ['that nobody knows', () => fill({}, '--sed', '1')],
    ['whose value was forgotten', () => fill({}, '--keep-tokens', '--seed', '1')],
    ['whose value is empty', () => fill({}, '--package', '')],
    ['--mask missing', () => ['fill', files.photo, '-o', files.out('r.png')]],
    ['--out missing', () => ['fill', files.photo, '-m', files.mask]],
  ]);
});

describe('a command', () => {
  refuses([
    ['that nobody knows', () => ['fil', files.photo]],
    ['without pictures', () => ['fill', '-m', files.mask, '-o', files.out('r.png')]],
    ['help of nothing', () => ['help', 'nothing']],
  ]);

  const outpaint = (...margins: string[]) => [
    'outpaint',
    files.photo,
    ...margins,
    '-o',
    files.out('r.png'),
    '-p',
    TINY,
  ];
  refuses([
    ['outpaint by nothing', () => outpaint()],
    ['outpaint by 0', () => outpaint('--left', '0', '--top', '0')],
    ['outpaint by a negative number', () => outpaint('--left', '-8')],
    ['outpaint by half a pixel', () => outpaint('--left', '0.5')],
    ['outpaint far too wide', () => outpaint('--left', '1000000')],
    ['outpaint to too many pixels', () => outpaint('--left', '29000', '--top', '29000')],
    ['outpaint of a broken picture', () => ['outpaint', at('text.png'), ...outpaint('--left', '8').slice(2)]],
  ]);
});

describe('a package that', () => {
  const packages = ['none', 'json', 'list', 'newer', 'hash', 'missing', 'escape', 'shapes', 'model'] as const;
  refuses(
    packages.map((name): Case => [`is ${name}`, () => [...fill({}).slice(0, -1), files.packages[name]]]),
  );
  refuses([
    ['is nowhere', () => [...fill({}).slice(0, -1), at('nowhere/')]],
    ['is no id', () => [...fill({}).slice(0, -1), 'no-such-package']],
    ['is a picture', () => [...fill({}).slice(0, -1), files.photo]],
    ['info does not know', () => ['info', 'no-such-package']],
  ]);
});

describe('an archive that', () => {
  const archives = ['slip', 'absolute', 'link', 'bare', 'wrong', 'cut', 'text', 'absent'];
  it.each(archives)('is %s', async (name) => {
    await expectOneSentence(['packages', '--install', at(`${name}.tspkg`)]);
    expect(installed()).toEqual([]);
  });

  const installed = () => {
    try {
      return readdirSync(userPackages());
    } catch {
      return [];
    }
  };
});

describe('a token file that', () => {
  const unreadable = ['broken.json', 'list.json', 'binary.json', 'newer.json', 'old.json', 'short.json'];
  const wrong = ['negative.json', 'fraction.json', 'words.json', 'huge.json', 'empty.json', 'pins.json'];
  const arrays = ['cut.npy', 'header.npy', 'fortran.npy', 'float.npy', 'line.npy', 'text.npy'];
  const foreign = [
    'range.json',
    'range.npy',
    'masked.json',
    'other.json',
    'rebuilt.json',
    'scale.json',
    'tiny.json',
  ];
  const decode = (name: string) => ['decode', at(name), '-o', files.out('d.png'), '-p', TINY];
  refuses(
    [...unreadable, ...wrong, ...arrays, ...foreign, 'folder', 'missing.json', 'photo.png'].map(
      pictureCase(decode),
    ),
  );
  refuses([...unreadable, ...arrays].map(pictureCase((name) => ['tokens', at(name)])));

  const tokens = (...options: string[]) => [
    'tokens',
    files.grid,
    ...options,
    '-o',
    files.out('t.json'),
    '-p',
    TINY,
  ];
  refuses([
    ['has no such cell', () => tokens('--set', '6,0=1')],
    ['has no such block', () => tokens('--erase', '0-3,5-8')],
    ['has no such code', () => tokens('--set', '0,0=8')],
    ['gets no such code for another', () => tokens('--replace', '0-1')],
    ['is pinned where nothing is', () => tokens('--erase', '0,0', '--pin', '0,0')],
    ['is pinned nowhere', () => tokens('--pin', 'here')],
    ['has nothing to fill', () => tokens('--fill')],
    ['is written over itself', () => ['tokens', files.grid, '--pin', '0,0', '-o', files.grid]],
    ['is edited into a picture', () => ['tokens', files.grid, '--pin', '0,0', '-o', files.out('t.png')]],
    ['is edited into nothing', () => ['tokens', files.grid, '--pin', '0,0']],
    [
      'is of another package to fill',
      () => ['tokens', at('other.json'), '--erase', '0,0', '--fill', ...tokens().slice(2)],
    ],
  ]);
});

describe('an error with --json', () => {
  it.each([
    ['of the command line', () => fill({}, '--seed', 'x', '--json'), 'usage', 2],
    ['of a picture', () => fill({ picture: at('text.png') }, '--json'), 'input', 1],
    ['of a package', () => [...fill({}).slice(0, -1), files.packages.hash, '--json'], 'package', 1],
  ] as const)('%s is in the object, and one line on stderr', async (_title, args, code, exitCode) => {
    const outcome = await tessera(...args());
    expect(outcome.stderr).toMatch(/^tessera: [^\n]+\n$/);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      command: 'fill',
      ok: false,
      exitCode,
      errors: [{ code }],
    });
    expect(outcome.code).toBe(exitCode);
  });
});
