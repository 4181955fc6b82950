import { describe, expect, it } from 'vitest';
import { planTransitions } from '../../../../core/sampling/transitions.ts';
import type { FillRequest, Remasking } from '../../../../core/sampling/request.ts';
import { ORDERS, SCHEDULES } from '../../../../core/sampling/request.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { P_THRESHOLD, chiSquareP, totalVariation } from './support/chiSquare.ts';
import type { ExactModel } from './support/models.ts';
import { conditional, exactDenoiser, idsOf, modelOf, stateOf } from './support/models.ts';
import { finalLaw } from './support/remdmChain.ts';
import { requestFor, resultsOf } from './support/requests.ts';

// Every sampler here is run against a denoiser whose conditionals are the true ones of a small written-out joint, so the
// law of the finished tokens is known exactly and a chi-square test over all states can refute the sampler.

/** Eight neighbours around a 2 x 2 grid agree more often than not, and code 0 is favoured: strongly dependent. */
const ising = modelOf(2, 2, 2, ([a, b, c, d]) => {
  const agree = Number(a === b) + Number(c === d) + Number(a === c) + Number(b === d);
  return Math.exp(0.7 * agree - 0.3 * (a! + b! + c! + d!));
});

/** A mixture of three pictures with a little noise: what one token is says much of all others. */
const pictures = modelOf(3, 1, 3, (ids) =>
  [
    [0, 0, 1],
    [1, 2, 2],
    [2, 1, 0],
  ].reduce(
    (w, picture, i) => w + (i + 1) * ids.reduce((p, id, c) => p * (id === picture[c] ? 0.8 : 0.1), 1),
    0,
  ),
);

/** Tokens that know nothing of one another, each with a distribution of its own. */
const independent = modelOf(2, 2, 3, (ids) =>
  ids.reduce((p, id, cell) => p * (1 + id * (cell + 1) + (cell === id ? 3 : 0)), 1),
);

const FILLS = 4096;

/** How often each state came out of many fills. */
async function countsOf(model: ExactModel, changes: Partial<FillRequest>): Promise<Int32Array> {
  const counts = new Int32Array(model.joint.length);
  const denoiser = exactDenoiser(model);
  for (let seed = 0; seed < FILLS / 64; seed++) {
    const request = requestFor(model.width, model.height, { ...changes, seed, candidates: 64 });
    for (const ids of await resultsOf(request, denoiser)) counts[stateOf(ids, model.codes)]!++;
  }
  return counts;
}

async function expectLaw(model: ExactModel, changes: Partial<FillRequest>, law: Float64Array): Promise<void> {
  expect(chiSquareP(await countsOf(model, changes), law)).toBeGreaterThan(P_THRESHOLD);
}

describe('one token per step follows the joint exactly', () => {
  // Each step draws x_i from p(x_i | revealed). Where the choice of i depends on revealed tokens and on coins only, the
  // chain rule gives the joint whatever the order: so for raster, halton and purity (which looks at the peaks of the
  // distributions, not at what was drawn). Confidence looks at the drawn tokens and so favours likely ones by design;
  // with tau -> infinity the noise drowns that and the order is a uniformly random one.
  const exact: readonly (readonly [string, Partial<FillRequest>])[] = [
    ['raster', { order: 'raster' }],
    ['halton', { order: 'halton' }],
    ['purity', { order: 'purity' }],
    ['confidence with tau -> infinity', { order: 'confidence', gumbel: 1e8 }],
  ];
  it.each(exact)('%s', async (_, changes) => {
    await expectLaw(ising, { ...changes, steps: 4 }, ising.joint);
    await expectLaw(pictures, { ...changes, steps: 3 }, pictures.joint);
  });

  it.each(SCHEDULES)('under the %s schedule', async (schedule) => {
    await expectLaw(ising, { schedule, order: 'halton', steps: 99 }, ising.joint);
  });

  it('given the tokens outside the hole and the pins', async () => {
    const given = [1, MASK, 0, MASK];
    const law = ising.joint.map((weight, state) => {
      const ids = idsOf(state, 4, 2);
      return ids[0] === 1 && ids[2] === 0 ? weight : 0;
    });
    const total = law.reduce((sum, weight) => sum + weight, 0);
    await expectLaw(
      ising,
      { grid: { width: 2, height: 2, ids: given }, hole: [1, 2, 3], pins: [2], steps: 2 },
      law.map((weight) => weight / total),
    );
  });

  it('and the test can tell: confidence without noise and two tokens at once are refuted', async () => {
    const greedy = await countsOf(ising, { order: 'confidence', gumbel: 0, steps: 4 });
    expect(chiSquareP(greedy, ising.joint)).toBeLessThan(1e-6);
    const hurried = await countsOf(ising, { order: 'raster', steps: 2 });
    expect(chiSquareP(hurried, ising.joint)).toBeLessThan(1e-6);
  });
});

describe('processes in which every token has a coin of its own follow their own law exactly', () => {
  // Several tokens may be revealed in one step, each given the others' absence, so the law at S steps is not the joint.
  // It is known all the same: the transition over all (K + 1)^n states, multiplied out. And it nears the joint as S grows.
  const settings: readonly (readonly [string, Partial<FillRequest>])[] = [
    ['random, 4 steps', { steps: 4 }],
    ['random, cosine, 3 steps', { steps: 3, schedule: 'cosine' }],
    ['random, 20 steps', { steps: 20 }],
    ['ReMDM cap', { steps: 12, remasking: { kind: 'cap', eta: 0.2 } }],
    ['ReMDM rescale', { steps: 12, remasking: { kind: 'rescale', eta: 0.4 } }],
    ['ReMDM rescale at its most', { steps: 8, schedule: 'cosine', remasking: { kind: 'rescale', eta: 1 } }],
    ['ReMDM loop', { steps: 20, remasking: { kind: 'loop', eta: 0.1, from: 0.4, to: 0.9, alpha: 0.7 } }],
  ];
  it.each(settings)('%s', async (_, changes) => {
    const request = requestFor(2, 2, { order: 'random', ...changes });
    await expectLaw(ising, request, finalLaw(ising, planTransitions(request, 4)));
  });

  it('which is near the joint once steps are many: 1/t, and ReMDM that masks seldom', () => {
    const lawOf = (changes: Partial<FillRequest>): Float64Array =>
      finalLaw(ising, planTransitions(requestFor(2, 2, { order: 'random', ...changes }), 4));
    const few = totalVariation(lawOf({ steps: 4 }), ising.joint);
    const many = totalVariation(lawOf({ steps: 200 }), ising.joint);
    const remasked = totalVariation(
      lawOf({ steps: 200, remasking: { kind: 'cap', eta: 0.005 } }),
      ising.joint,
    );
    expect(few).toBeGreaterThan(0.05);
    expect(many).toBeLessThan(0.002);
    expect(remasked).toBeLessThan(0.004);
  });
});

describe('independent tokens follow the joint however many are revealed at once', () => {
  // p(x_i | anything) = p(x_i), so neither the order nor a second draw of a token that was masked again can bias it, as
  // long as which tokens are kept or masked does not depend on what was drawn: confidence and conf depend on that.
  const remaskings: readonly Remasking[] = [
    { kind: 'none' },
    { kind: 'cap', eta: 0.3 },
    { kind: 'rescale', eta: 0.6 },
    { kind: 'loop', eta: 0.2, from: 0.3, to: 0.8, alpha: 0.6 },
  ];
  const settings = ORDERS.flatMap((order) => remaskings.map((remasking) => ({ order, remasking })));
  it.each(settings)('$order order, $remasking.kind remasking', async (setting) => {
    await expectLaw(independent, { ...setting, gumbel: 1e8, steps: 5 }, independent.joint);
  });

  it('confidence keeps likely draws first, so in several steps it favours likely codes', async () => {
    const counts = await countsOf(independent, { order: 'confidence', gumbel: 0, steps: 4 });
    expect(chiSquareP(counts, independent.joint)).toBeLessThan(1e-6);
    const oneStep = await countsOf(independent, { order: 'confidence', gumbel: 0, steps: 1 });
    expect(chiSquareP(oneStep, independent.joint)).toBeGreaterThan(P_THRESHOLD);
  });

  it('conf remasking leaves a uniform model uniform: there all tokens have the same confidence', async () => {
    const uniform = modelOf(2, 2, 3, () => 1);
    for (const order of ORDERS) {
      await expectLaw(uniform, { order, steps: 6, remasking: { kind: 'conf', eta: 1 } }, uniform.joint);
    }
  });
});

describe('temperature and filters follow the exactly reshaped distribution', () => {
  const weights = [1, 7, 3, 5, 2, 12, 4, 6];
  const one = modelOf(1, 1, weights.length, ([id]) => weights[id!]!);
  const reshape = (keep: (id: number) => boolean, temperature = 1): Float64Array => {
    const raised = one.joint.map((p, id) => (keep(id) ? p ** (1 / temperature) : 0));
    const total = raised.reduce((sum, w) => sum + w, 0);
    return raised.map((w) => w / total);
  };
  // The weights sum to 40; from the likeliest down they are 12 7 6 5 4 3 2 1 (codes 5 1 7 3 6 2 4 0).
  const cases: readonly (readonly [string, Partial<FillRequest>, Float64Array])[] = [
    ['temperature 0.5', { temperature: 0.5 }, reshape(() => true, 0.5)],
    ['temperature 2', { temperature: 2 }, reshape(() => true, 2)],
    ['temperature 0', { temperature: 0 }, reshape((id) => id === 5)],
    ['top-k 3', { filters: { topK: 3 } }, reshape((id) => weights[id]! >= 6)],
    ['top-p 0.6: 12 + 7 < 24 <= 12 + 7 + 6', { filters: { topP: 0.6 } }, reshape((id) => weights[id]! >= 6)],
    ['truncation 0.6', { filters: { truncation: 0.6 } }, reshape((id) => weights[id]! >= 6)],
    [
      'top-p after top-k: 0.7 of 25 is in the first two',
      { filters: { topK: 3, topP: 0.7 } },
      reshape((id) => weights[id]! >= 7),
    ],
    [
      'truncation asks the model, not the tempered weights',
      { temperature: 0.5, filters: { truncation: 0.6 } },
      reshape((id) => weights[id]! >= 6, 0.5),
    ],
    [
      'top-p asks the tempered weights: 144 + 49 >= 0.6 * 284',
      { temperature: 0.5, filters: { topP: 0.6 } },
      reshape((id) => weights[id]! >= 7, 0.5),
    ],
  ];
  it.each(cases)('%s', async (_, changes, law) => {
    await expectLaw(one, changes, law);
  });

  it('on independent tokens, each by itself', async () => {
    const changes: Partial<FillRequest> = {
      order: 'halton',
      steps: 2,
      temperature: 0.7,
      filters: { topK: 2 },
    };
    const perCell = [0, 1, 2, 3].map((cell) => {
      const p = conditional(independent, [MASK, MASK, MASK, MASK], cell);
      const least = Math.min(...p);
      const raised = p.map((q) => (q === least ? 0 : q ** (1 / 0.7)));
      return raised.map((w) => w / raised.reduce((sum, v) => sum + v, 0));
    });
    const law = independent.joint.map((_, state) =>
      idsOf(state, 4, 3).reduce((p, id, cell) => p * perCell[cell]![id]!, 1),
    );
    await expectLaw(independent, changes, law);
  });
});
