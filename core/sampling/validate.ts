import { TesseraError } from '../base/errors.ts';
import { LIMIT_OF_CANDIDATES, MAX_ID, MAX_SEED } from '../base/limits.ts';
import type { NoiseProcess } from '../model/denoiser.ts';
import { MASK } from '../tokens/grid.ts';
import { type FillRequest, ORDERS, type Remasking, SCHEDULES, type TokenFilters } from './request.ts';

/** What a request may ask for; far beyond what is useful, well below what would never end. */
export const LIMITS = {
  steps: 10_000,
  candidates: 64,
  temperature: 100,
  gumbel: 1e9,
  sharpening: 100,
  guidance: 100,
  prompt: 2000, // characters
} as const;

/** Throws a 'usage' error that names the first thing in the request that cannot be met. `codes` is K. */
export function validateRequest(request: FillRequest, codes: number): void {
  checkGrid(request, codes);
  checkCells(request);
  checkInteger('seed', request.seed, 0, MAX_SEED);
  checkChoice('order', request.order, ORDERS);
  checkChoice('schedule', request.schedule, SCHEDULES);
  checkInteger('steps', request.steps, 1, LIMITS.steps);
  checkInteger('candidates', request.candidates, 1, LIMITS.candidates);
  checkInteger('first candidate', request.first ?? 0, 0, LIMIT_OF_CANDIDATES - 1);
  checkNumber('temperature', request.temperature, 0, LIMITS.temperature);
  checkNumber('gumbel', request.gumbel, 0, LIMITS.gumbel);
  checkFilters(request.filters);
  checkRemasking(request.remasking);
  if (request.sharpening !== undefined) checkNumber('sharpening', request.sharpening, 0, LIMITS.sharpening);
  checkPrompt(request);
  checkStrength(request);
  checkPlanned(request, codes);
}

function checkPrompt({ prompt }: FillRequest): void {
  if (!prompt) return;
  checkNumber('guidance', prompt.guidance, 0, LIMITS.guidance);
  for (const [name, text] of [
    ['prompt', prompt.text],
    ['negative prompt', prompt.negative],
  ] as const) {
    if (text.length > LIMITS.prompt)
      throw wrong(`The ${name} has ${text.length} characters; it may have ${LIMITS.prompt}.`);
  }
}

function checkStrength({ strength, hole, grid }: FillRequest): void {
  if (strength === undefined) return;
  checkShare('strength', strength);
  const cell = hole.find((at) => grid.ids[at] === MASK);
  if (cell === undefined) return;
  throw wrong(`The token at cell ${cell} is missing, so it cannot be the beginning of a repair.`);
}

/** Throws a 'usage' error for an order that the process of a denoiser cannot follow. */
export function checkProcess({ order, remasking }: FillRequest, { kind }: NoiseProcess): void {
  if (kind === 'uniform' && order !== 'ancestral') {
    throw wrong(`This model has no missing tokens, so its order is "ancestral", not "${order}".`);
  }
  if (kind !== 'absorbing' && order === 'ancestral' && remasking.kind !== 'none') {
    throw wrong('The ancestral order of this model decides by itself what is masked again.');
  }
}

function checkGrid({ grid, hole }: FillRequest, codes: number): void {
  checkInteger('grid width', grid.width, 1, 2 ** 16);
  checkInteger('grid height', grid.height, 1, 2 ** 16);
  const cells = grid.width * grid.height;
  if (grid.ids.length !== cells) {
    throw wrong(`A grid of ${grid.width} x ${grid.height} has ${cells} tokens, not ${grid.ids.length}.`);
  }
  const inHole = new Set(hole);
  grid.ids.forEach((id, cell) => {
    if (id === MASK && inHole.has(cell)) return;
    if (id === MASK) throw wrong(`The token at cell ${cell} is missing but not in the hole.`);
    if (!isInteger(id, 0, codes - 1)) {
      throw wrong(`The token at cell ${cell} is ${id}; this model has the codes 0 to ${codes - 1}.`);
    }
  });
}

function checkPlanned({ planned, start, candidates, hole }: FillRequest, codes: number): void {
  if (!planned || start) return; // a branch is beyond them
  if (planned.length !== candidates) {
    throw wrong(`Tokens are planned for ${planned.length} candidates, not ${candidates}.`);
  }
  for (const plan of planned) {
    if (!plan) continue;
    const { ids, share } = plan;
    if (ids.length !== hole.length)
      throw wrong(
        `One token is planned for each of the ${hole.length} cells of the hole, not ${ids.length}.`,
      );
    const alien = ids.find((id) => !isInteger(id, MASK, codes - 1));
    if (alien !== undefined)
      throw wrong(`The token ${alien} is planned; this model has the codes 0 to ${codes - 1}.`);
    if (!(share > 0 && share <= 1))
      throw wrong(`The share of planned tokens is above 0 and at most 1, not ${share}.`);
  }
}

function checkCells({ grid, hole, pins }: FillRequest): void {
  const inHole = uniqueCells('hole', hole, grid.ids.length);
  for (const cell of uniqueCells('pins', pins, grid.ids.length)) {
    if (!inHole.has(cell)) throw wrong(`Cell ${cell} is pinned but not in the hole.`);
    if (grid.ids[cell] === MASK) throw wrong(`Cell ${cell} is pinned but has no token.`);
  }
}

/**
 * Throws a 'usage' error where a branch cannot go on from where it starts: a valid request, whose fill takes `steps`
 * steps. `codes` is K.
 */
export function checkStart(
  { grid, hole, pins, candidates, start }: FillRequest,
  steps: number,
  codes: number,
): void {
  if (!start) return;
  if (!isInteger(start.step, 1, steps - 1)) {
    throw wrong(`A branch cannot start after step ${start.step} of a fill of ${steps}.`);
  }
  for (const list of [start.ids, start.believed]) {
    if (list.length === grid.ids.length) continue;
    throw wrong(
      `A branch starts from ${grid.ids.length} tokens and their probabilities, not ${list.length}.`,
    );
  }
  const free = new Set(hole);
  for (const cell of pins) free.delete(cell);
  start.ids.forEach((id, cell) => {
    if (id === grid.ids[cell] || (free.has(cell) && isInteger(id, MASK, codes - 1))) return;
    throw wrong(`A branch starts with token ${id} at cell ${cell}, which cannot be there.`);
  });
  start.believed.forEach((probability, cell) => {
    checkNumber(`probability at cell ${cell}`, probability, 0, 1);
  });
  if (start.rng) checkRng(start.rng, candidates);
}

function checkRng(state: readonly number[], candidates: number): void {
  if (candidates > 1)
    throw wrong('A branch that repeats a fill has one candidate, since all would be the same.');
  const words = state.every((word) => isInteger(word, 0, 2 ** 32 - 1));
  if (state.length === 6 && words && state.slice(0, 4).some((word) => word > 0)) return;
  throw wrong('A branch has a state of random numbers that no generator can have.');
}

function uniqueCells(name: string, cells: readonly number[], count: number): Set<number> {
  const seen = new Set<number>();
  for (const cell of cells) {
    if (!isInteger(cell, 0, count - 1)) throw wrong(`The ${name} list cell ${cell}; the grid has ${count}.`);
    if (seen.has(cell)) throw wrong(`The ${name} list cell ${cell} twice.`);
    seen.add(cell);
  }
  return seen;
}

function checkFilters({ topK, topP, truncation }: TokenFilters): void {
  if (topK !== undefined) checkInteger('top-k', topK, 1, MAX_ID);
  if (topP !== undefined) checkShare('top-p', topP);
  if (truncation !== undefined) checkShare('truncation', truncation);
}

function checkRemasking(remasking: Remasking): void {
  checkChoice('remasking', remasking.kind, ['none', 'cap', 'rescale', 'conf', 'loop']);
  if (remasking.kind === 'none') return;
  checkNumber('eta', remasking.eta, 0, 1);
  if (remasking.kind !== 'loop') return;
  checkShare('loop start', remasking.from);
  checkShare('loop end', remasking.to);
  if (remasking.from >= remasking.to) throw wrong('The loop must start before it ends.');
  const { alpha = 0.9 } = remasking;
  if (!(alpha > 0 && alpha < 1)) throw wrong(`The loop alpha must be between 0 and 1, not ${alpha}.`);
}

const isInteger = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function checkInteger(name: string, value: number, least: number, most: number): void {
  if (!isInteger(value, least, most)) {
    throw wrong(`The ${name} must be a whole number from ${least} to ${most}, not ${value}.`);
  }
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) {
    throw wrong(`The ${name} must be a number from ${least} to ${most}, not ${value}.`);
  }
}

function checkShare(name: string, value: number): void {
  if (!(value > 0 && value <= 1)) throw wrong(`The ${name} must be above 0 and at most 1, not ${value}.`);
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) {
    throw wrong(`The ${name} must be one of ${choices.join(', ')}, not ${value}.`);
  }
}

const wrong = (message: string): TesseraError =>
  new TesseraError('usage', message, 'Correct the request and try again.');
