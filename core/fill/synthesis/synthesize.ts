import { type Abort, throwIfAborted } from '../../base/abort.ts';
import type { Size } from '../../base/geometry.ts';
import { nextTurn, now } from '../../base/host.ts';
import { createRng, type Rng } from '../../base/rng.ts';
import { blendBands } from './bands.ts';
import { createField, type Field, matchAtRandom, matchFromCoarser } from './field.ts';
import { mismatches, sharesOf } from './guard.ts';
import { between, GIVEN, halve, type Scene, TARGET } from './scene.ts';
import { costMatches, improveMatches, type Pass } from './search.ts';
import { noVotes, paintVotes, usualCost, vote } from './vote.ts';

/** How a scene is drawn. */
export interface SynthesisOptions {
  readonly planLevel: number; // halvings at which the plan is compared with what is known
  readonly startLevel: number; // halvings at which drawing begins, where there are enough known patches: what is planned finer is lost
  readonly limit: number; // how unlike the plan patches may look, as a multiple of what is usual; Infinity for any
  readonly seed?: number; // of the search, 0 .. 2^32 - 1; 0 if left out
  /** Hears what the coarsest of several scales gives, enlarged. */
  readonly onFirstScale?: (first: Synthesis) => void;
  readonly signal?: Abort;
}

/** What patches of a scene make of its TARGET pixels. */
export interface Synthesis {
  readonly colours: Uint8Array; // [height, width, 3]; beside TARGET pixels what patches say of what is known
  readonly shares: Float32Array; // [height, width], 0 .. 1: how far `colours` are to replace what was planned
}

/** Patches of 9 x 9 px: large enough to carry structure, small enough to be found again. */
const RADIUS = 4;

/** Searches and votes at each scale, from the coarsest; the last number stands for all that follow. */
const ROUNDS = [8, 5, 3, 2, 1];

/** How far from a match that comes from the scale before others are tried, px. */
const NEAR = 8;

/** Passes of a search that begins at random. */
const FIRST_PASSES = 6;

/** Fewer known patches at a scale would be repeated all over. */
const ENOUGH = 100;

/** How votes are cast: how far from the middle of a patch, and whether on known pixels too. */
interface Ballot {
  readonly spread: number; // px
  readonly all: boolean;
}

/** While patches are sought all of each votes. */
const SEARCHING: Ballot = { spread: RADIUS, all: false };

/** What comes from a coarser scale fits, so that the middle of each is enough. */
const STARTING: Ballot = { spread: 2, all: false };

/** In the end only the middle of each, so that grain is not averaged away; what is known tells how colours are to be bent. */
const FINEST: Ballot = { spread: 2, all: true };

/** How many patches are worked on before the time is looked at. */
const BATCH = 1024;

/** How long other work may have to wait, ms. */
const PATIENCE = 20;

/** Lets other work have its turn where it has waited; throws 'aborted'. */
type Pause = () => Promise<void>;

/**
 * Draws the TARGET pixels of a scene with patches of its SOURCE pixels, so that they look like what is planned there and
 * like the picture: at each scale patches look for their like (Barnes et al. 2009) and vote for the colours of the pixels
 * that they cover (Wexler et al. 2007). The same scene gives the same bytes on every machine.
 *
 * @param plan with what is planned in place of what is to be drawn; not changed
 * @returns null where there is no known patch to draw with
 * @throws TesseraError 'aborted'
 */
export async function synthesize(
  plan: Scene,
  { planLevel, startLevel, limit, seed = 0, onFirstScale, signal }: SynthesisOptions,
): Promise<Synthesis | null> {
  const pause = pausesOf(signal);
  const rng = createRng(seed);
  const scenes = pyramidOf(plan, Math.max(planLevel, startLevel));
  const guard = limit === Infinity ? ANYTHING : await guardOf(scenes, planLevel, limit, rng, pause);
  if (!guard) return null;
  const from = startFor(scenes, startLevel, guard);
  if (!from) return limit === Infinity ? null : asPlanned(plan);
  let { field } = from;
  await searchAfresh(field, rng, pause);
  await repaint(field, pause);
  for (let { level } = from; ; level--) {
    const reach = level === from.level ? wholeOf(field) : NEAR;
    const rounds = ROUNDS[Math.min(ROUNDS.length - 1, from.level - level)]!;
    await redraw(field, { rounds, reach, last: level === 0 ? FINEST : SEARCHING }, rng, pause);
    if (level === 0) break;
    if (level === from.level)
      onFirstScale?.({ colours: enlarged(field.scene, plan), shares: sharesAt(guard, plan) });
    const finer = createField(guardedScene(scenes[level - 1]!, guard), RADIUS);
    if (!finer) return asPlanned(plan);
    matchFromCoarser(finer, field, rng);
    costMatches(finer, 0, finer.patches.length);
    await repaint(finer, pause, STARTING);
    field = finer;
  }
  await blendBands(field, (level) => (scenes[level] ? guardedScene(scenes[level], guard) : null), pause);
  return { colours: field.scene.colours, shares: sharesAt(guard, plan) };
}

/** What comes of it where patches have no share. */
function asPlanned({ colours, kinds }: Scene): Synthesis {
  return { colours, shares: new Float32Array(kinds.length) };
}

/** The scene at each scale, the finest first. */
function pyramidOf(plan: Scene, last: number): Scene[] {
  const scenes = [plan];
  while (scenes.length <= last) scenes.push(halve(scenes.at(-1)!));
  return scenes;
}

/** How far the picture's patches may draw. */
interface Guard extends Size {
  readonly shares: Float32Array; // [height, width], 0 .. 1
}

/** Nothing that patches draw is too unlike. */
const ANYTHING: Guard = { width: 1, height: 1, shares: Float32Array.of(1) };

/** Finds where nothing known looks like the plan, at a scale or at the coarsest finer one that has known patches. */
async function guardOf(
  scenes: readonly Scene[],
  planLevel: number,
  limit: number,
  rng: Rng,
  pause: Pause,
): Promise<Guard | null> {
  for (let level = planLevel; level >= 0; level--) {
    const field = createField(scenes[level]!, RADIUS);
    if (!field) continue;
    await searchAfresh(field, rng, pause);
    const { width, height } = field.scene;
    return { width, height, shares: sharesOf(field, mismatches(field), limit) };
  }
  return null;
}

/** The coarsest scale to begin at whose patches have enough to choose from. */
function startFor(
  scenes: readonly Scene[],
  startLevel: number,
  guard: Guard,
): { field: Field; level: number } | null {
  for (let level = startLevel; level >= 0; level--) {
    const field = createField(guardedScene(scenes[level]!, guard), RADIUS);
    if (field && (field.sources.length >= ENOUGH || level === 0)) return { field, level };
  }
  return null;
}

/** A copy of a scene to draw in, whose plan stays where patches have no share. */
function guardedScene(planned: Scene, guard: Guard): Scene {
  const { width, height } = planned;
  const kinds = planned.kinds.slice();
  const shares = sharesAt(guard, planned);
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === TARGET && shares[i] === 0) kinds[i] = GIVEN;
  return { width, height, colours: planned.colours.slice(), kinds };
}

/** The shares at another size, interpolated between the middles of pixels. */
function sharesAt({ width, height, shares }: Guard, size: Size): Float32Array {
  const out = new Float32Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const [top, bottom, down] = between(y, size.height, height);
    for (let x = 0; x < size.width; x++) {
      const [left, right, across] = between(x, size.width, width);
      const upper = shares[top * width + left]! * (1 - across) + shares[top * width + right]! * across;
      const lower = shares[bottom * width + left]! * (1 - across) + shares[bottom * width + right]! * across;
      out[y * size.width + x] = upper * (1 - down) + lower * down;
    }
  }
  return out;
}

/** The colours of a scene at another size, interpolated between the middles of pixels: [height, width, 3]. */
function enlarged({ width, height, colours }: Scene, size: Size): Uint8Array {
  const out = new Uint8Array(3 * size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const [top, bottom, down] = between(y, size.height, height);
    for (let x = 0; x < size.width; x++) {
      const [left, right, across] = between(x, size.width, width);
      for (let c = 0; c < 3; c++) {
        const at = (row: number, column: number): number => colours[3 * (row * width + column) + c]!;
        const upper = at(top, left) * (1 - across) + at(top, right) * across;
        const lower = at(bottom, left) * (1 - across) + at(bottom, right) * across;
        out[3 * (y * size.width + x) + c] = Math.round(upper * (1 - down) + lower * down);
      }
    }
  }
  return out;
}

/** How one scale is drawn. */
interface Drawing {
  readonly rounds: number;
  readonly reach: number; // px, see Pass
  readonly last: Ballot; // how votes of the last round are cast
}

/** Searches and votes in turn. */
async function redraw(field: Field, { rounds, reach, last }: Drawing, rng: Rng, pause: Pause): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await inBatches(field, pause, (from, end) => {
      costMatches(field, from, end);
    });
    await search(field, { forward: round % 2 === 0, reach }, rng, pause);
    await repaint(field, pause, round === rounds - 1 ? last : SEARCHING);
  }
}

async function searchAfresh(field: Field, rng: Rng, pause: Pause): Promise<void> {
  matchAtRandom(field, rng);
  costMatches(field, 0, field.patches.length);
  for (let pass = 0; pass < FIRST_PASSES; pass++) {
    await search(field, { forward: pass % 2 === 0, reach: wholeOf(field) }, rng, pause);
  }
}

/** A reach from anywhere to anywhere. */
function wholeOf({ scene: { width, height } }: Field): number {
  return Math.max(width, height);
}

async function search(field: Field, pass: Pass, rng: Rng, pause: Pause): Promise<void> {
  await inBatches(field, pause, (from, end) => {
    improveMatches(field, pass, rng, from, end);
  });
}

async function repaint(field: Field, pause: Pause, { spread, all }: Ballot = SEARCHING): Promise<void> {
  const votes = noVotes(field);
  const usual = usualCost(field);
  await inBatches(field, pause, (from, end) => {
    vote(field, spread, usual, votes, from, end);
  });
  paintVotes(field, votes, all);
}

async function inBatches(
  { patches }: Field,
  pause: Pause,
  work: (from: number, end: number) => void,
): Promise<void> {
  for (let from = 0; from < patches.length; from += BATCH) {
    work(from, Math.min(patches.length, from + BATCH));
    await pause();
  }
}

function pausesOf(signal: Abort | undefined): Pause {
  let last = now();
  return async () => {
    if (now() - last >= PATIENCE) {
      await nextTurn();
      last = now();
    }
    throwIfAborted(signal);
  };
}
