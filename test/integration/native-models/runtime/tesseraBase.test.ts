import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MASK } from '../../../../core/tokens/grid.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../../native-models/runtime/findPackages.ts';
import { loadPackage, type LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** What the package gave in Python when it was exported: native-models/training/golden.py. */
interface Golden {
  readonly encoder: {
    readonly ids: number[][];
    readonly distanceMean: number;
    readonly idsMayDiffer: number;
    readonly distanceTolerance: number;
  };
  readonly decoder: {
    readonly pixels: readonly { readonly y: number; readonly x: number; readonly rgb: number[] }[]; // in [-1, 1]
    readonly tolerance: number;
  };
  readonly denoiser: {
    readonly select: number[];
    readonly logits: readonly { readonly row: number; readonly first8: number[] }[];
    readonly argmax: readonly { readonly row: number; readonly id: number }[];
    readonly tolerance: number;
  };
}

const golden = JSON.parse(readFileSync(join(root, 'test/parity/tessera-base/golden.json'), 'utf8')) as Golden;
const ids = Int32Array.from(golden.encoder.ids.flat()); // 8 x 8

let base: LoadedPackage;
beforeAll(async () => {
  base = await loadPackage(join(embeddedPackages(root), DEFAULT_PACKAGE), { provider: 'cpu' });
});
afterAll(() => base.dispose());

/** The golden picture: 64 x 64 px, given by a formula. */
function goldenPicture() {
  const data = new Float32Array(3 * 64 * 64);
  for (let i = 0; i < data.length; i++) {
    const c = Math.floor(i / 4096);
    const y = Math.floor(i / 64) % 64;
    const x = i % 64;
    data[i] = 0.5 + 0.3 * Math.sin((x + 2 * c) / 9) + 0.2 * Math.cos((y - 3 * c) / 7);
  }
  return { width: 64, height: 64, data };
}

describe('the embedded package, against the values of its export', () => {
  it('encodes the same tokens', async () => {
    const { grid, distances } = await base.tokenizer.encode(goldenPicture());
    const differing = grid.ids.filter((id, i) => id !== ids[i]).length;
    expect(differing).toBeLessThanOrEqual(golden.encoder.idsMayDiffer);
    const mean = distances!.reduce((sum, d) => sum + d, 0) / distances!.length;
    expect(Math.abs(mean - golden.encoder.distanceMean)).toBeLessThan(golden.encoder.distanceTolerance);
  });

  it('decodes the same pixels', async () => {
    const { data } = await base.tokenizer.decode({ width: 8, height: 8, ids });
    for (const { y, x, rgb } of golden.decoder.pixels) {
      for (let c = 0; c < 3; c++) {
        const value = 2 * data[(c * 64 + y) * 64 + x]! - 1;
        expect(Math.abs(value - rgb[c]!)).toBeLessThan(golden.decoder.tolerance);
      }
    }
  });

  it('denoises to the same logits', async () => {
    const { select, logits, argmax, tolerance } = golden.denoiser;
    const tokens = ids.slice();
    for (const cell of select) tokens[cell] = MASK;
    const windows = { batch: 1, width: 8, height: 8, tokens, select: Int32Array.from(select) };
    const found = await base.denoiser.predict(windows);
    const { codes } = base.denoiser;
    for (const { row, first8 } of logits) {
      for (let k = 0; k < 8; k++) {
        expect(Math.abs(found[row * codes + k]! - first8[k]!)).toBeLessThan(tolerance);
      }
    }
    for (const { row, id } of argmax) {
      const own = found.subarray(row * codes, (row + 1) * codes);
      expect(own.indexOf(Math.max(...own))).toBe(id);
    }
  });
});

describe('the embedded package', () => {
  // Tokens that repeat no pattern, a third of them missing.
  const tokens = Int32Array.from({ length: 4 * 256 }, (_, i) => (i % 3 === 0 ? MASK : (i * 37) % 1000));

  it('gives a window the same bits alone as in a batch', async () => {
    const select = Int32Array.from({ length: 4 * 86 }, (_, i) => 256 * (i % 4) + 3 * Math.floor(i / 4));
    const batch = await base.denoiser.predict({ batch: 4, width: 16, height: 16, tokens, select });
    const own = select.filter((cell) => cell >> 8 === 2).map((cell) => cell - 512);
    const alone = await base.denoiser.predict({
      batch: 1,
      width: 16,
      height: 16,
      tokens: tokens.subarray(512, 768),
      select: own,
    });
    const { codes } = base.denoiser;
    for (let i = 0; i < own.length; i++) {
      const row = (4 * i + 2) * codes;
      expect(batch.subarray(row, row + codes)).toEqual(alone.subarray(i * codes, (i + 1) * codes));
    }
  });

  it('gives the same bits with one thread as with two, and after it was loaded anew', async () => {
    const frame = { width: 64, height: 64, data: goldenPicture().data };
    const windows = {
      batch: 1,
      width: 16,
      height: 16,
      tokens: tokens.subarray(0, 256),
      select: Int32Array.of(0, 99),
    };
    const answers = async (threads: number) => {
      const loaded = await loadPackage(join(embeddedPackages(root), DEFAULT_PACKAGE), {
        provider: 'cpu',
        threads,
      });
      const { grid, distances } = await loaded.tokenizer.encode(frame);
      const answer = {
        grid,
        distances,
        pixels: await loaded.tokenizer.decode(grid),
        logits: await loaded.denoiser.predict(windows),
      };
      await loaded.dispose();
      return answer;
    };
    const one = await answers(1);
    expect(await answers(2)).toEqual(one);
    expect(await answers(1)).toEqual(one);
  });
});
