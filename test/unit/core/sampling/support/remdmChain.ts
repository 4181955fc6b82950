import { MASK } from '../../../../../core/tokens/grid.ts';
import type { ExactModel } from './models.ts';
import { conditional, idsOf, stateOf } from './models.ts';

/** One step of the process under test: what happens to each token, all at once. */
export interface ChainStep {
  readonly reveal: number; // probability for a missing token
  readonly remask: number; // probability for a revealed one
}

/**
 * The law of the final tokens when every token is revealed or masked again by a coin of its own, with no sampling: the
 * distribution over all (K + 1)^cells states is pushed through the transition of every step.
 */
export function finalLaw(model: ExactModel, steps: readonly ChainStep[]): Float64Array {
  const cells = model.width * model.height;
  const base = model.codes + 1; // the digit `codes` stands for MASK
  let law = new Float64Array(base ** cells);
  law[law.length - 1] = 1;
  const digits = Array.from(law, (_, state) => idsOf(state, cells, base));
  const tokens = digits.map((ids) => ids.map((id) => (id === model.codes ? MASK : id)));
  const posteriors = tokens.map((ids) => ids.map((_, cell) => conditional(model, ids, cell)));

  for (const { reveal, remask } of steps) {
    const next = new Float64Array(law.length);
    law.forEach((weight, state) => {
      if (weight === 0) return;
      const perCell = tokens[state]!.map((id, cell) => {
        const outcome = new Float64Array(base);
        if (id === MASK) {
          posteriors[state]![cell]!.forEach((p, code) => (outcome[code] = reveal * p));
          outcome[model.codes] = 1 - reveal;
        } else {
          outcome[id] = 1 - remask;
          outcome[model.codes] = remask;
        }
        return outcome;
      });
      for (let to = 0; to < next.length; to++) {
        let p = weight;
        for (let cell = 0; cell < cells; cell++) p *= perCell[cell]![digits[to]![cell]!]!;
        next[to]! += p;
      }
    });
    law = next;
  }

  const final = new Float64Array(model.joint.length);
  law.forEach((weight, state) => {
    const ids = tokens[state]!;
    if (weight > 0 && !ids.includes(MASK)) final[stateOf(ids, model.codes)]! += weight;
  });
  return final;
}
