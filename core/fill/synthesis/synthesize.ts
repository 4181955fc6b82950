import { type Abort, throwIfAborted } from '../../base/abort.ts';
import type { Size } from '../../base/geometry.ts';
import { nextTurn, now } from '../../base/host.ts';
import { createRng, type Rng } from '../../base/rng.ts';
import { createField, type Field, matchAtRandom, matchFromCoarser } from './field.ts';
import { mismatches, sharesOf } from './guard.ts';
import { GIVEN, halve, type Scene, TARGET } from './scene.ts';
import { costMatches, improveMatches } from './search.ts';
import { noVotes, paintVotes, usualCost, vote } from './vote.ts';

/** How a scene is drawn. */
export interface SynthesisOptions {
  readonly levels: number; // scales, each half the one before; at the coarsest, patches are sought that look like the plan
  readonly limit: number; // how unlike the plan patches may look, as a multiple of what is usual; Infinity for any
  readonly signal?: Abort;
}

/** What patches of a scene make of its TARGET pixels. */
export interface Synthesis {
  readonly colours: Uint8Array; // [height, width, 3]; beside TARGET pixels what patches say of what is known
  readonly shares: Float32Array; // [height, width], 0 .. 1: how far `colours` are to replace what was planned
  readonly mismatch: number; // how unlike the plan its matches are, as a multiple of what is usual; the mean
}

/** Patches of 9 x 9 px: large enough to carry structure, small enough to be found again. */
const RADIUS = 4;

/** Searches and votes at each scale, from the coarsest; the last number stands for all that follow. */
const ROUNDS = [8, 5, 3, 2];

/** Passes of the first search, which begins at random. */
const FIRST_PASSES = 6;

/** How votes are cast: how far from the middle of a patch, and whether on known pixels too. */
interface Ballot {
  readonly spread: number; // px
  readonly all: boolean;
}

/** While patches are sought all of each votes. */
const SEARCHING: Ballot = { spread: RADIUS, all: false };

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
  { levels, limit, signal }: SynthesisOptions,
): Promise<Synthesis | null> {
  const pause = pausesOf(signal);
  const rng = createRng(0);
  const scenes = pyramidOf(plan, levels);
  const first = await matchPlan(scenes, limit, rng, pause);
  if (!first) return null;
  const { guard } = first;
  let { field } = first;
  if (!field) return asPlanned(plan, guard);
  for (let level = first.level; ; level--) {
    const rounds = ROUNDS[Math.min(ROUNDS.length - 1, first.level - level)]!;
    await redraw(field, rounds, rng, pause);
    if (level === 0) await repaint(field, pause, FINEST);
    if (level === 0) break;
    const finer = createField(guardedScene(scenes[level - 1]!, guard), RADIUS);
    if (!finer) return asPlanned(plan, guard);
    matchFromCoarser(finer, field, rng);
    costMatches(finer, 0, finer.patches.length);
    await repaint(finer, pause);
    field = finer;
  }
  return { colours: field.scene.colours, shares: sharesAt(guard, plan), mismatch: guard.mismatch };
}

/** What comes of it where patches have no share. */
function asPlanned({ colours, kinds }: Scene, { mismatch }: Guard): Synthesis {
  return { colours, shares: new Float32Array(kinds.length), mismatch };
}

/** The scene at each scale, the finest first. */
function pyramidOf(plan: Scene, levels: number): Scene[] {
  const scenes = [plan];
  while (scenes.length < levels) scenes.push(halve(scenes.at(-1)!));
  return scenes;
}

/** How far the picture's patches may draw, found at the coarsest scale. */
interface Guard extends Size {
  readonly shares: Float32Array; // [height, width], 0 .. 1
  readonly mismatch: number;
}

/** Matches the plan at the coarsest scale that has known patches, and finds where nothing known looks like it. */
async function matchPlan(
  scenes: readonly Scene[],
  limit: number,
  rng: Rng,
  pause: Pause,
): Promise<{ level: number; field: Field | null; guard: Guard } | null> {
  for (let level = scenes.length - 1; level >= 0; level--) {
    const whole = createField(scenes[level]!, RADIUS);
    if (!whole) continue;
    matchAtRandom(whole, rng);
    costMatches(whole, 0, whole.patches.length);
    for (let pass = 0; pass < FIRST_PASSES; pass++) await search(whole, pass, rng, pause);
    const apart = mismatches(whole);
    const { width, height } = whole.scene;
    const mismatch = apart.reduce((sum, value) => sum + value, 0) / apart.length;
    const guard = { width, height, shares: sharesOf(whole, apart, limit), mismatch };
    const field = createField(guardedScene(scenes[level]!, guard), RADIUS);
    if (!field) return { level, field, guard };
    field.patches.forEach((at, i) => (field.matches[i] = whole.matches[whole.indexOf[at]!]!));
    costMatches(field, 0, field.patches.length);
    await repaint(field, pause);
    return { level, field, guard };
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

/** The two pixels of an axis of `length` between which pixel `at` of one of `from` lies, and how near the second is. */
function between(at: number, from: number, length: number): [number, number, number] {
  const place = Math.min(length - 1, Math.max(0, ((at + 0.5) * length) / from - 0.5));
  const first = Math.floor(place);
  return [first, Math.min(length - 1, first + 1), place - first];
}

/** Searches and votes in turn. */
async function redraw(field: Field, rounds: number, rng: Rng, pause: Pause): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await inBatches(field, pause, (from, end) => {
      costMatches(field, from, end);
    });
    await search(field, round, rng, pause);
    await repaint(field, pause);
  }
}

async function search(field: Field, round: number, rng: Rng, pause: Pause): Promise<void> {
  const reach = Math.max(field.scene.width, field.scene.height);
  const pass = { forward: round % 2 === 0, reach };
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
