import { MASK } from '../../../../../core/tokens/grid.ts';
import type { Denoiser, WindowBatch } from '../../../../../core/model/denoiser.ts';

/** A distribution over all grids of one small size, written out: element s is the weight of state s. */
export interface ExactModel {
  readonly width: number;
  readonly height: number;
  readonly codes: number;
  readonly joint: Float64Array; // [codes ^ cells], sums to 1; cell 0 is the lowest digit
}

export function modelOf(
  width: number,
  height: number,
  codes: number,
  weight: (ids: readonly number[]) => number,
): ExactModel {
  const states = codes ** (width * height);
  const joint = Float64Array.from({ length: states }, (_, s) => weight(idsOf(s, width * height, codes)));
  const total = joint.reduce((sum, w) => sum + w, 0);
  return { width, height, codes, joint: joint.map((w) => w / total) };
}

export function idsOf(state: number, cells: number, codes: number): number[] {
  return Array.from({ length: cells }, (_, i) => Math.floor(state / codes ** i) % codes);
}

export function stateOf(ids: ArrayLike<number>, codes: number): number {
  let state = 0;
  for (let i = ids.length - 1; i >= 0; i--) state = state * codes + ids[i]!;
  return state;
}

/** p(cell = code | the tokens that are not MASK), by summing the joint. */
export function conditional(model: ExactModel, ids: ArrayLike<number>, cell: number): Float64Array {
  const cells = model.width * model.height;
  const mass = new Float64Array(model.codes);
  model.joint.forEach((weight, state) => {
    const full = idsOf(state, cells, model.codes);
    if (full.every((id, i) => ids[i] === MASK || ids[i] === id)) mass[full[cell]!]! += weight;
  });
  const total = mass.reduce((sum, w) => sum + w, 0);
  return mass.map((w) => w / total);
}

/** The perfect denoiser of a model; conditionals are remembered, since thousands of fills ask for the same few. */
export function exactDenoiser(model: ExactModel): Denoiser & { readonly calls: WindowBatch[] } {
  const known = new Map<string, Float64Array>();
  const area = model.width * model.height;
  const calls: WindowBatch[] = [];
  const logitsOf = (ids: Int32Array, cell: number): Float64Array => {
    const key = `${ids.join()}/${cell}`;
    const found = known.get(key) ?? conditional(model, ids, cell).map(Math.log);
    known.set(key, found);
    return found;
  };
  return {
    codes: model.codes,
    window: { min: 1, max: Math.max(model.width, model.height) },
    calls,
    predict(windows) {
      calls.push(windows);
      const logits = new Float32Array(windows.select.length * model.codes);
      windows.select.forEach((flat, m) => {
        const start = Math.floor(flat / area) * area;
        logits.set(logitsOf(windows.tokens.subarray(start, start + area), flat - start), m * model.codes);
      });
      return Promise.resolve(logits);
    },
  };
}
