import type { Denoiser, NoiseProcess } from '../../../../../core/model/denoiser.ts';
import { noiseLevels } from '../../../../../core/sampling/noise.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import type { ExactModel } from './models.ts';
import { idsOf, stateOf } from './models.ts';

const tables = new WeakMap<NoiseProcess, Map<string, number[]>>();

/** q(x_t | x_0) of one token: over K + 1 states, the last missing. Remembered, since thousands of fills ask for the same few. */
export function noised(process: NoiseProcess, codes: number, x0: number, t: number): number[] {
  const table = tables.get(process) ?? new Map<string, number[]>();
  tables.set(process, table);
  const key = `${codes}/${x0}/${t}`;
  const row = table.get(key) ?? computeNoised(process, codes, x0, t);
  table.set(key, row);
  return row;
}

function computeNoised(process: NoiseProcess, codes: number, x0: number, t: number): number[] {
  const { alpha, beta, gamma } = noiseLevels(process, codes);
  const [a, b, g] = t < 0 ? [1, 0, 0] : [alpha[t]!, beta[t]!, gamma[t]!];
  return Array.from({ length: codes + 1 }, (_, k) => (k === codes ? g : b + (k === x0 ? a : 0)));
}

/**
 * p(x_0 of a cell | noisy tokens) of a model, by summing the joint: every token but the known ones may be noise.
 */
export function noisyConditional(
  model: ExactModel,
  process: NoiseProcess,
  ids: ArrayLike<number>, // MASK where missing
  known: ReadonlySet<number>,
  t: number,
  cell: number,
): Float64Array {
  const cells = model.width * model.height;
  const digits = digitsOf(model);
  const q = Array.from({ length: model.codes }, (_, x0) => noised(process, model.codes, x0, t));
  const mass = new Float64Array(model.codes);
  model.joint.forEach((weight, state) => {
    const full = digits[state]!;
    let seen = weight;
    for (let i = 0; i < cells; i++) {
      const id = ids[i]!;
      seen *= known.has(i) ? Number(id === full[i]) : q[full[i]!]![id === MASK ? model.codes : id]!;
    }
    mass[full[cell]!]! += seen;
  });
  const total = mass.reduce((sum, w) => sum + w, 0);
  return mass.map((w) => (total > 0 ? w / total : 1 / model.codes));
}

const digitsByModel = new WeakMap<ExactModel, number[][]>();

function digitsOf(model: ExactModel): number[][] {
  const known = digitsByModel.get(model);
  if (known) return known;
  const made = Array.from(model.joint, (_, state) => idsOf(state, model.width * model.height, model.codes));
  digitsByModel.set(model, made);
  return made;
}

/** The perfect denoiser of a model whose tokens are noise, and which is told how noisy they are. */
export function noisyDenoiser(
  model: ExactModel,
  process: NoiseProcess,
  known: ReadonlySet<number> = new Set(),
): Denoiser {
  const remembered = new Map<string, Float64Array>();
  const area = model.width * model.height;
  return {
    codes: model.codes,
    window: { min: 1, max: Math.max(model.width, model.height) },
    process,
    predict({ tokens, select, timestep = 0 }) {
      const logits = new Float32Array(select.length * model.codes);
      select.forEach((flat, m) => {
        const start = Math.floor(flat / area) * area;
        const ids = tokens.subarray(start, start + area);
        const key = `${timestep}/${ids.join()}/${flat - start}`;
        const row =
          remembered.get(key) ??
          noisyConditional(model, process, ids, known, timestep, flat - start).map(Math.log);
        remembered.set(key, row);
        logits.set(row, m * model.codes);
      });
      return Promise.resolve(logits);
    },
  };
}

/**
 * The law of the final tokens when all free ones are drawn anew in each step, with no sampling: the distribution over all
 * (K + 1)^cells states is pushed through the true q(x_s | x_t, x_0), averaged over p(x_0), of every step.
 */
export function noisyLaw(
  model: ExactModel,
  process: NoiseProcess,
  times: readonly number[], // the timesteps, -1 at the end
  begin: (cell: number) => readonly number[], // over K + 1 states
): Float64Array {
  const { codes } = model;
  const cells = model.width * model.height;
  const base = codes + 1;
  const states = Array.from({ length: base ** cells }, (_, state) => idsOf(state, cells, base));
  let law = Float64Array.from(states, (ids) => ids.reduce((p, id, cell) => p * begin(cell)[id]!, 1));
  for (let i = 0; i + 1 < times.length; i++) {
    const [t, s] = [times[i]!, times[i + 1]!];
    const next = new Float64Array(law.length);
    law.forEach((weight, state) => {
      if (weight === 0) return;
      const tokens = states[state]!.map((id) => (id === codes ? MASK : id));
      const perCell = tokens.map((_, cell) => {
        const p = noisyConditional(model, process, tokens, new Set(), t, cell);
        return stepLaw(process, codes, p, states[state]![cell]!, t, s);
      });
      states.forEach((ids, to) => {
        next[to]! += ids.reduce((mass, id, cell) => mass * perCell[cell]![id]!, weight);
      });
    });
    law = next;
  }
  const final = new Float64Array(model.joint.length);
  law.forEach((weight, state) => {
    const ids = states[state]!;
    if (!ids.includes(codes)) final[stateOf(ids, codes)]! += weight;
  });
  return final;
}

/** q(x_s = k | x_t) = sum over x_0 of p(x_0) q(x_s = k | x_0) q(x_t | x_s = k) / q(x_t | x_0). */
function stepLaw(
  process: NoiseProcess,
  codes: number,
  p: Float64Array,
  state: number,
  t: number,
  s: number,
): number[] {
  const level = (at: number): readonly [alpha: number, gamma: number] => {
    const [same, other, missing] = [0, 1, codes].map((k) => noised(process, codes, 0, at)[k]!);
    return [same! - other!, missing!];
  };
  const [[alphaT, gammaT], [alphaS, gammaS]] = [level(t), level(s)];
  const a = alphaT / alphaS;
  const g = 1 - (1 - gammaT) / (1 - gammaS);
  const forward = (k: number): number => {
    if (k === codes) return Number(state === codes);
    return state === codes ? g : (1 - a - g) / codes + (k === state ? a : 0);
  };
  return Array.from({ length: codes + 1 }, (_, k) => {
    let sum = 0;
    p.forEach((share, x0) => {
      const early = noised(process, codes, x0, s)[k]!;
      const late = noised(process, codes, x0, t)[state]!;
      if (late > 0) sum += (share * early * forward(k)) / late;
    });
    return sum;
  });
}
