import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Denoiser } from '../../../../../core/model/denoiser.ts';
import { createPassTimes } from '../../../../../electron/engine/packages/passTimes.ts';
import type { LoadedParts } from '../../../../../native-models/runtime/loadPackage.ts';

const AB = { sha256: 'ab', server: null };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A package whose passes are counted. */
function counted(provider: string): { readonly model: LoadedParts; readonly passes: () => number } {
  let passes = 0;
  const denoiser: Denoiser = {
    codes: 2,
    window: { min: 2, max: 3 },
    predict({ tokens, select }) {
      passes++;
      expect([tokens.length, select.length]).toEqual([9, 9]);
      return Promise.resolve(new Float32Array(2 * select.length));
    },
  };
  const model = { sha256: 'ab', provider, denoiser } as unknown as LoadedParts;
  return { model, passes: () => passes };
}

test('a pass is measured once for each package and provider, and kept', async () => {
  const times = createPassTimes(() => folder);
  expect(await times.known(AB)).toBeNull();
  const cpu = counted('cpu');
  await times.measure(AB, cpu.model);
  await times.measure(AB, cpu.model);
  expect(cpu.passes()).toBe(2); // a quick pass is run twice, since the first is slower
  expect(await times.known(AB)).toBeGreaterThan(0);

  const later = createPassTimes(() => folder);
  expect(await later.known(AB)).toBe(await times.known(AB));
  await later.measure(AB, cpu.model);
  expect(cpu.passes()).toBe(2);
  const cuda = counted('cuda');
  await later.measure(AB, cuda.model);
  expect(cuda.passes()).toBe(2);
});

test('a package on a server has a time of its own', async () => {
  const times = createPassTimes(() => null);
  await times.measure(AB, counted('cpu').model);
  const there = { ...AB, server: 'models.example.org' };
  expect(await times.known(there)).toBeNull();
  await times.measure(there, counted('server').model);
  expect(await times.known(there)).toBeGreaterThan(0);
});

test('a tokenizer alone has none, and a broken file is as good as none', async () => {
  writeFileSync(path.join(folder, 'pass-times.json'), '{"ab": 7');
  const times = createPassTimes(() => folder);
  expect(await times.known(AB)).toBeNull();
  await times.measure(AB, { sha256: 'ab', provider: 'cpu', denoiser: null } as unknown as LoadedParts);
  expect(await times.known(AB)).toBeNull();
  const { model } = counted('cpu');
  await createPassTimes(() => null).measure(AB, model);
  await times.measure(AB, model);
  expect(await createPassTimes(() => folder).known(AB)).toBeGreaterThan(0);
});
