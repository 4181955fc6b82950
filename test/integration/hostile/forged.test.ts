import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createRng, type Rng } from '../../../core/base/rng.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { gradient, makeFile, rgbOf } from '../../unit/electron/io/make.ts';
import { forgeBmp, forgeGif, forgePsd } from './forge/bitmaps.ts';
import { boxed, forgeBoxes } from './forge/boxes.ts';
import { forgeCodestream, forgeJxl } from './forge/codestreams.ts';
import { expectSentence } from './sentence.ts';
import { pick } from './spoil.ts';

// Pictures whose structure is right and whose numbers lie: sizes, tiles, channels, lengths, palettes, places, nesting.

const SEED = Number(process.env.TESSERA_SEED ?? 20261130);
const COUNT = Number(process.env.TESSERA_INPUTS ?? 30); // of each format
const PATIENCE = 30_000; // ms for one of them on a busy machine; they take a hundredth of it

let good: Readonly<Record<'heic' | 'jp2' | 'jxl', readonly Buffer[]>>;

beforeAll(async () => {
  const folder = path.resolve('test/fixtures/pictures');
  const names = (await readdir(folder)).sort();
  const fixtures = (suffix: RegExp) =>
    Promise.all(names.filter((name) => suffix.test(name)).map((name) => readFile(path.join(folder, name))));
  const samples = rgbOf(gradient(48, 32));
  const jxl = await Promise.all([{}, { lossless: true }].map((save) => makeFile('.jxl', samples, { save })));
  good = {
    heic: await fixtures(/\.heic$/),
    jp2: await fixtures(/\.jp2$/),
    jxl: jxl.map((bytes) => Buffer.from(bytes)),
  };
});

const FORGERS: Readonly<Record<string, (rng: Rng) => Buffer>> = {
  bmp: forgeBmp,
  psd: forgePsd,
  gif: forgeGif,
  heic: (rng) => forgeBoxes(pick(rng, good.heic), rng),
  jp2: (rng) => pick(rng, [forgeBoxes, forgeCodestream])(pick(rng, good.jp2), rng),
  jxl(rng) {
    const file = pick(rng, good.jxl);
    return rng.below(2) === 0 ? forgeJxl(file, rng) : forgeBoxes(boxed(file, rng), rng);
  },
};

test.each(Object.keys(FORGERS))('%s: a picture, or a sentence', async (format) => {
  for (let i = 0; i < COUNT; i++) {
    const file = FORGERS[format]!(createRng(SEED).fork(Object.keys(FORGERS).indexOf(format)).fork(i));
    const what = `${format} ${i} of seed ${SEED}`;
    const began = performance.now();
    try {
      const { picture } = await readPicture(new Uint8Array(file), 'a.picture');
      expect(picture.data.length, what).toBe(4 * picture.width * picture.height);
    } catch (error) {
      expectSentence(error, what);
    }
    expect(performance.now() - began, what).toBeLessThan(PATIENCE);
  }
});
