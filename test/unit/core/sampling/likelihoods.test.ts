import { describe, expect, it } from 'vitest';
import { likelihoods, PASSES } from '../../../../core/sampling/likelihoods.ts';
import { likelyCodes } from '../../../../core/sampling/suggest.ts';
import { createGrid, MASK } from '../../../../core/tokens/grid.ts';
import { conditional, exactDenoiser, modelOf } from './support/models.ts';

const model = modelOf(4, 2, 3, (ids) =>
  ids.reduce((weight, id, i) => weight * (i > 0 && id === ids[i - 1] ? 4 : 1 + id), 1),
);
const ids = [0, 1, 1, 2, 2, 0, 0, 1];
const grid = createGrid(4, 2, ids);

const bits = (p: Float64Array): number => -p.reduce((sum, q) => sum + q * Math.log2(q), 0);

/** What the model says of a cell whose lattice is masked. */
const expected = (cell: number, given: readonly number[] = ids): Float64Array => {
  const same = (other: number): boolean => (other % 4) % 3 === (cell % 4) % 3 && other >> 2 === cell >> 2;
  return conditional(
    model,
    given.map((id, other) => (same(other) ? MASK : id)),
    cell,
  );
};

describe('likelihoods', () => {
  it('are those of each token given all but its lattice', async () => {
    const { probabilities, entropies } = await likelihoods(grid, exactDenoiser(model));
    ids.forEach((id, cell) => {
      expect(probabilities[cell]).toBeCloseTo(expected(cell)[id]!, 5);
      expect(entropies[cell]).toBeCloseTo(bits(expected(cell)), 5);
    });
  });

  it('take nine passes, say how far they are, and leave the grid as it is', async () => {
    const done: number[] = [];
    const denoiser = exactDenoiser(model);
    await likelihoods(grid, denoiser, { onPass: (pass) => void done.push(pass) });
    expect(done).toEqual(Array.from({ length: PASSES }, (_, i) => i + 1));
    expect(denoiser.calls.length).toBeLessThanOrEqual(PASSES); // a lattice that holds no cell costs nothing
    expect([...grid.ids]).toEqual(ids);
  });

  it('have no probability for a missing token, but an entropy', async () => {
    const given = ids.with(6, MASK);
    const { probabilities, entropies } = await likelihoods(createGrid(4, 2, given), exactDenoiser(model));
    expect(probabilities[6]).toBeNaN();
    expect(entropies[6]).toBeCloseTo(bits(expected(6, given)), 5);
    expect(probabilities[5]).toBeCloseTo(expected(5, given)[0]!, 5);
  });

  it('cover grids larger than the window', async () => {
    const codes = 2;
    const denoiser = {
      codes,
      window: { min: 2, max: 4 },
      predict: ({ select }: { readonly select: Int32Array }) =>
        Promise.resolve(Float32Array.from([...select].flatMap(() => [0, Math.log(3)]))),
    };
    const large = createGrid(11, 7, new Array<number>(77).fill(1));
    const { probabilities, entropies } = await likelihoods(large, denoiser);
    for (const p of probabilities) expect(p).toBeCloseTo(0.75, 5);
    for (const h of entropies) expect(h).toBeCloseTo(0.8112781, 5);
  });

  it('stop when asked to', async () => {
    const signal = { aborted: false };
    const stopped = likelihoods(grid, exactDenoiser(model), {
      signal,
      onPass: (pass) => void (signal.aborted = pass === 2),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('likelyCodes', () => {
  const question = { grid, hole: [6], cells: [1], count: 3 };

  it('are the likeliest codes of a cell, told nothing of it or of the hole', async () => {
    const { codes, entropy } = await likelyCodes(question, exactDenoiser(model));
    const p = conditional(model, ids.with(1, MASK).with(6, MASK), 1);
    expect(codes.map(({ id }) => id)).toEqual([0, 1, 2].sort((a, b) => p[b]! - p[a]!));
    for (const { id, probability } of codes) expect(probability).toBeCloseTo(p[id]!, 6);
    expect(entropy).toBeCloseTo(bits(p), 6);
  });

  it('of a group are the likeliest on average', async () => {
    const { codes, entropy } = await likelyCodes(
      { ...question, cells: [5, 1], count: 2 },
      exactDenoiser(model),
    );
    const told = ids.with(1, MASK).with(5, MASK).with(6, MASK);
    const each = [conditional(model, told, 1), conditional(model, told, 5)];
    const mean = [0, 1, 2].map((id) => (each[0]![id]! + each[1]![id]!) / 2);
    expect(codes).toHaveLength(2);
    for (const { id, probability } of codes) expect(probability).toBeCloseTo(mean[id]!, 6);
    expect(codes[0]!.probability).toBeCloseTo(Math.max(...mean), 6);
    expect(entropy).toBeCloseTo((bits(each[0]!) + bits(each[1]!)) / 2, 6);
  });

  it('refuse logits that are no distribution', async () => {
    const broken = {
      ...exactDenoiser(model),
      predict: ({ select }: { readonly select: Int32Array }) =>
        Promise.resolve(new Float32Array(3 * select.length).fill(NaN)),
    };
    await expect(likelyCodes(question, broken)).rejects.toMatchObject({ code: 'package' });
  });
});
