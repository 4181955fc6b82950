import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { promptTaken } from '../../../../core/model/manifest.ts';
import { ledBy } from '../../../../core/sampling/guidance.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { MOST, sha256, tinyWithWords } from '../../../fixtures/words/tinyWithWords.ts';
import { errorOf, temporaryFolder, TINY } from './fixtures.ts';

const CODES = 8;

let loaded: LoadedPackage[] = [];
afterEach(async () => {
  await Promise.all(loaded.map((each) => each.dispose()));
  loaded = [];
});

async function open(folder: string): Promise<LoadedPackage> {
  const each = await loadPackage(folder, { provider: 'cpu' });
  loaded.push(each);
  return each;
}

function withWords(built?: string): string {
  const folder = temporaryFolder();
  tinyWithWords(folder, built);
  return folder;
}

const windows = {
  batch: 2,
  width: 4,
  height: 4,
  tokens: new Int32Array(32).fill(MASK),
  select: Int32Array.of(3, 17, 18),
};

describe('words that lie beside a manifest', () => {
  it('leave the identity of the package and what it predicts without them as they were', async () => {
    const folder = withWords();
    const [model, plain] = [await open(folder), await open(TINY)];
    expect(model.sha256).toBe(sha256(readFileSync(join(folder, 'manifest.json'))));
    expect(model.sha256).toBe(plain.sha256);
    expect(await model.denoiser.predict(windows)).toEqual(await plain.denoiser.predict(windows));
    expect(promptTaken(plain.manifest)).toBeNull();
    expect(promptTaken(model.manifest)).toEqual({ names: null, words: ['brick', 'sky'], guidance: 2.5 });
  });

  it('lead it: all windows run with each prompt in one pass', async () => {
    const model = await open(withWords());
    const prompts = ['bricks', 'brick and sky', ''];
    const conditions = await Promise.all(prompts.map((words) => model.conditioner!.condition(words)));
    expect(conditions.map((each) => each.kind === 'words' && [...each.ids])).toEqual([
      [1, 0],
      [1, 2],
      [0, 0],
    ]);
    const logits = await model.denoiser.predict({ ...windows, conditions });
    expect(logits).toHaveLength(3 * 3 * CODES);
    for (const [c, sum] of [100, 300, 0].entries()) {
      for (let m = 0; m < 3; m++) expect(logits[(c * 3 + m) * CODES + 4]).toBe(sum + 4);
    }
    const led = await ledBy(model, { text: 'sky', negative: '', guidance: 1 });
    expect((await led.predict(windows))[4]).toBe(204);
  });

  it('are named where they are not known', async () => {
    const model = await open(withWords());
    expect(await model.conditioner!.read('a brick skye sky')).toEqual({
      tokens: 2,
      most: MOST,
      cut: '',
      unknown: [{ word: 'skye', near: ['sky', 'brick'] }],
    });
    expect(await errorOf(ledBy(model, { text: 'skye', negative: '', guidance: 3 }))).toMatchObject({
      code: 'usage',
      message: 'The model knows no "skye".',
      hint: 'Near it are: sky, brick.',
    });
  });

  it('are not taken where they were made for another build, and are checked like the other files', async () => {
    const other = await open(withWords('0'.repeat(64)));
    expect([promptTaken(other.manifest), other.conditioner]).toEqual([null, null]);
    const folder = withWords();
    const bytes = readFileSync(join(folder, 'words.onnx'));
    bytes[40]! ^= 1;
    writeFileSync(join(folder, 'words.onnx'), bytes);
    expect(await errorOf(loadPackage(folder))).toMatchObject({
      code: 'package',
      message: expect.stringContaining('words.onnx of the package tiny is damaged') as string,
    });
  });
});
