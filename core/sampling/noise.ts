import { createRng } from '../base/rng.ts';
import type { Denoiser, NoiseProcess } from '../model/denoiser.ts';
import { MASK } from '../tokens/grid.ts';

/**
 * How noisy a token is after each step of a process, t = 0 .. T - 1: it is as it was with probability alpha + beta, each other
 * code with probability beta, and missing with probability gamma. alpha + K beta + gamma = 1.
 */
export interface NoiseLevels {
  readonly alpha: Float64Array; // [T]
  readonly beta: Float64Array; // [T]
  readonly gamma: Float64Array; // [T]
}

/** What VQ-Diffusion trains with (arXiv 2111.14822; alpha_schedule of its code). */
const MASK_AND_REPLACE = { alpha: [0.99999, 0.000009], gamma: [0.000009, 0.99999] } as const;

/** Keeps the first step of the cosine schedule from being too small to learn from (arXiv 2102.09672, 2102.05379). */
const OFFSET = 0.008;

/**
 * The levels of a process over `codes` codes. Absorbing: gamma = (t + 1) / T. Uniform: alpha falls as a squared cosine
 * (multinomial diffusion, arXiv 2102.05379; D3PM, arXiv 2107.03006). Mask-and-replace: linear, as VQ-Diffusion has it.
 */
export function noiseLevels({ kind, steps, levels }: NoiseProcess, codes: number): NoiseLevels {
  const linear = levels ?? (kind === 'mask-and-replace' ? MASK_AND_REPLACE : null);
  const at = (t: number): readonly [alpha: number, gamma: number] => {
    if (linear) {
      const share = steps > 1 ? t / (steps - 1) : 1;
      const mix = ([from, to]: readonly [number, number]): number => (1 - share) * from + share * to;
      return [mix(linear.alpha), mix(linear.gamma)];
    }
    const done = (t + 1) / steps;
    if (kind === 'absorbing') return [1 - done, done];
    return [squaredCosine(done) / squaredCosine(0), 0];
  };
  const pairs = Array.from({ length: steps }, (_, t) => at(t));
  return {
    alpha: Float64Array.from(pairs, ([alpha]) => alpha),
    beta: Float64Array.from(pairs, ([alpha, gamma]) =>
      kind === 'absorbing' ? 0 : Math.max(0, 1 - alpha - gamma) / codes,
    ),
    gamma: Float64Array.from(pairs, ([, gamma]) => gamma),
  };
}

function squaredCosine(share: number): number {
  return Math.cos(((share + OFFSET) / (1 + OFFSET)) * (Math.PI / 2)) ** 2;
}

/**
 * The timesteps at which a fill asks the denoiser, noisiest first, and -1 at the end, where there is no noise: at most
 * `steps`, evenly spaced. With a strength below 1 they begin at that share of the process.
 */
export function timesteps(total: number, steps: number, strength: number): number[] {
  const levels = Math.max(1, Math.round(strength * total));
  const used = Math.min(steps, levels);
  return Array.from({ length: used + 1 }, (_, i) => levels - 1 - Math.round((i * levels) / used));
}

/** The timestep at which about this share of the tokens, 0 .. 1, is noise. */
export function timestepOf({ steps }: NoiseProcess, share: number): number {
  return Math.min(Math.max(Math.round(share * steps) - 1, 0), steps - 1);
}

/** A process that says nothing of itself: absorbing, and its denoiser is not told how noisy tokens are. */
const UNTOLD: NoiseProcess = { kind: 'absorbing', steps: 1 };

export function processOf({ process }: Pick<Denoiser, 'process'>): NoiseProcess {
  return process ?? UNTOLD;
}

/**
 * The tokens of a grid with some of them hidden from the denoiser, and how noisy that makes them. A process without missing
 * tokens hides them behind codes that are drawn always alike.
 */
export function withHidden(
  denoiser: Pick<Denoiser, 'process' | 'codes'>,
  ids: Int32Array,
  cells: readonly number[] | Int32Array,
): { readonly ids: Int32Array; readonly timestep: number } {
  const process = processOf(denoiser);
  const out = ids.slice();
  for (const cell of cells) out[cell] = MASK;
  const rng = createRng(0);
  const missing = out.reduce((count, id) => count + Number(id === MASK), 0);
  if (process.kind === 'uniform') {
    for (let i = 0; i < out.length; i++) if (out[i] === MASK) out[i] = rng.below(denoiser.codes);
  }
  return { ids: out, timestep: timestepOf(process, missing / out.length) };
}
