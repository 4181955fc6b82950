import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createReporter } from '../../../../../electron/cli/shared/reporter.ts';
import { passOf, tellTime } from '../../../../../electron/cli/shared/timeToFill.ts';
import type { LoadedPackage } from '../../../../../native-models/runtime/loadPackage.ts';
import { recorder } from '../support.ts';

const rect = { x: 0, y: 0, width: 128, height: 128 };
const plans = [{ frame: { rect, scale: 1, columns: 16, rows: 16 }, bounds: rect }];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-test-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
  vi.stubEnv('LOCALAPPDATA', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A package of which passes are counted. */
function counted(): { readonly model: LoadedPackage; readonly passes: () => number } {
  let passes = 0;
  const denoiser = {
    codes: 2,
    window: { min: 16, max: 16 },
    predict() {
      passes++;
      return Promise.resolve(new Float32Array());
    },
  };
  return {
    model: { sha256: 'ab', provider: 'cpu', denoiser } as unknown as LoadedPackage,
    passes: () => passes,
  };
}

/** What is said of a fill of eight steps whose passes take so long, ms. */
function said(pass: number | null, guidance: number | null = null): string {
  const terminal = recorder();
  const reporter = createReporter(terminal, { json: false, quiet: false });
  const prompt = guidance === null ? null : { text: 'sky', negative: '', guidance };
  const { model } = counted();
  tellTime({ reporter }, { what: 'Filling a.jpg', model, pass, steps: 8, candidates: 2, prompt }, plans);
  return terminal.stderr;
}

test('a fill that takes more than 10 s says so, twice as long where it is guided', () => {
  expect(said(1000)).toBe('tessera: Filling a.jpg takes about 16 s.\n');
  expect(said(1000, 1)).toBe('tessera: Filling a.jpg takes about 16 s.\n');
  expect(said(1000, 3)).toBe('tessera: Filling a.jpg takes about 32 s.\n');
  expect(said(600)).toBe('');
  expect(said(null)).toBe('');
});

test('a pass is measured once and kept, and not by one of several engines', async () => {
  const { model, passes } = counted();
  expect(await passOf({ engine: {} }, {}, model)).toBeNull();
  expect(passes()).toBe(0);
  const pass = await passOf({ engine: null }, {}, model);
  const made = passes();
  expect(made).toBeGreaterThan(0);
  expect(await passOf({ engine: null }, {}, model)).toBe(pass);
  expect(passes()).toBe(made);
});
