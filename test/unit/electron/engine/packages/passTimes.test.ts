import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Denoiser } from '../../../../../core/model/denoiser.ts';
import { createPassTimes } from '../../../../../electron/engine/packages/passTimes.ts';
import type { LoadedParts } from '../../../../../native-models/runtime/loadPackage.ts';

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
  expect(await times.known('ab')).toBeNull();
  const cpu = counted('cpu');
  await times.measure(cpu.model);
  await times.measure(cpu.model);
  expect(cpu.passes()).toBe(2); // a quick pass is run twice, since the first is slower
  expect(await times.known('ab')).toBeGreaterThan(0);

  const later = createPassTimes(() => folder);
  expect(await later.known('ab')).toBe(await times.known('ab'));
  await later.measure(cpu.model);
  expect(cpu.passes()).toBe(2);
  const cuda = counted('cuda');
  await later.measure(cuda.model);
  expect(cuda.passes()).toBe(2);
});

test('a tokenizer alone has none, and a broken file is as good as none', async () => {
  writeFileSync(path.join(folder, 'pass-times.json'), '{"ab": 7');
  const times = createPassTimes(() => folder);
  expect(await times.known('ab')).toBeNull();
  await times.measure({ sha256: 'ab', provider: 'cpu', denoiser: null } as unknown as LoadedParts);
  expect(await times.known('ab')).toBeNull();
  const { model } = counted('cpu');
  await createPassTimes(() => null).measure(model);
  await times.measure(model);
  expect(await createPassTimes(() => folder).known('ab')).toBeGreaterThan(0);
});
