import { throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import type { Conditioner } from '../../core/model/conditioner.ts';
import type { Manifest } from '../../core/model/manifest.ts';
import type { Provider } from '../../core/model/provider.ts';
import type { Condition, Denoiser, NoiseProcess, Predict, WindowBatch } from '../../core/model/denoiser.ts';
import { MASK } from '../../core/tokens/grid.ts';
import { hasTensor, type ModelContract } from './contract.ts';
import { eachWindow } from './eachWindow.ts';
import { createModel, type Feeds, type Model, type Results } from './model.ts';
import type { OpenSession } from './sessions.ts';
import { floats, floatsOf, ids } from './tensors.ts';

/** The denoiser of a package and the models behind it: its owner warms up the first and frees both. */
export interface OwnedDenoiser {
  readonly denoiser: Denoiser;
  readonly model: Model;
  /** What it is where words lead it, loaded with the first of them; null for a package that knows none. */
  readonly led: Model | null;
}

/**
 * Makes the denoiser of a package, null for a tokenizer alone; nothing is loaded before it is used.
 *
 * @param conditioner what leads it; null where nothing does
 * @param provider where the model runs once it is loaded
 */
export function createDenoiser(
  manifest: Manifest,
  open: OpenSession,
  conditioner: Conditioner | null,
  provider: () => Provider,
): OwnedDenoiser | null {
  const entry = manifest.denoiser;
  if (!entry) return null;
  const { window } = entry;
  const codes = manifest.tokenizer.codebook.size;
  const { words } = manifest;
  const facts = {
    ...entry,
    codes,
    rows: manifest.text?.rows ?? 0,
    wide: manifest.text?.width ?? 0,
    most: words?.most ?? 0,
  };
  // Where no words lead it, a denoiser that knows some is what it would be without them, to the bit.
  const alone = words ? ({ ...facts, conditioning: 'none' } as const) : facts;
  const model = denoiserModel(alone, open);
  const led = words ? denoiserModel({ ...facts, file: words.denoiser }, open) : null;

  const predictBatch: Predict = async (windows, signal) => {
    const [used, its] = led && windows.conditions ? [led, facts] : [model, alone];
    const selects = hasTensor((await used.load()).inputMetadata, 'select');
    const fed = await withConditions(windows, its.conditioning === 'none' ? null : conditioner);
    const results = await used.run(feedsOf(fed, its, selects), signal);
    return logitsOf(used.name, results, fed, codes, selects);
  };
  const predictEach = eachWindow(predictBatch, codes);

  return {
    model,
    led,
    denoiser: {
      codes,
      window: { min: window.min, max: window.max },
      process: processOf(entry),
      async predict(windows, signal) {
        throwIfAborted(signal);
        if (windows.select.length === 0) return new Float32Array(0);
        await model.load(); // only now is it known which provider works
        return provider() === 'cpu' ? predictEach(windows, signal) : predictBatch(windows, signal);
      },
    },
  };
}

type DenoiserEntry = NonNullable<Manifest['denoiser']>;

/** What the feeds of a denoiser depend on. */
interface Facts extends DenoiserEntry {
  readonly codes: number;
  readonly rows: number; // of the context of a text
  readonly wide: number; // numbers in each
  readonly most: number; // words at a time
}

function processOf({ kind, steps, levels }: DenoiserEntry): NoiseProcess {
  return { kind, steps, ...(levels && { levels }) };
}

/** A denoiser that can be led and is not gets what it was told in training where it was told nothing. */
async function withConditions(windows: WindowBatch, conditioner: Conditioner | null): Promise<WindowBatch> {
  if (!conditioner || windows.conditions) return windows;
  return { ...windows, conditions: [await conditioner.condition('')] };
}

function denoiserModel(facts: Facts, open: OpenSession): Model {
  const { file, window, codes } = facts;
  const side = window.min;
  return createModel({
    ...open(file),
    contract: denoiserContract(facts, window.positions === 'fixed' ? side : 'free'),
    async probe(session) {
      const selects = hasTensor(session.inputMetadata, 'select');
      // All missing but the last token, which holds the last code: both ends of the embedding are read.
      const tokens = new Int32Array(side * side).fill(facts.maskId === undefined ? 0 : MASK);
      tokens[tokens.length - 1] = codes - 1;
      const conditions = probed(facts);
      const windows = { batch: 1, width: side, height: side, tokens, select: Int32Array.of(0), conditions };
      const results = await session.run(feedsOf(windows, facts, selects));
      logitsOf(open(file).name, results, windows, codes, selects);
    },
  });
}

/** Conditions of the kind that a denoiser takes, at both ends of its table of classes. */
function probed({ conditioning, classes, rows, wide, most }: Facts): Condition[] {
  if (conditioning === 'words') return [{ kind: 'words', ids: new Int32Array(most).fill(1) }];
  if (conditioning === 'clip-text') return [{ kind: 'text', states: new Float32Array(rows * wide) }];
  if (conditioning !== 'class' || !classes) return [];
  return [0, classes.none].map((id) => ({ kind: 'class', id }));
}

// [M, K] with `select` and [B, h*w, K] without: the rank is the session's to choose, so only the run checks it.
// Where positions are fixed, the graph may say how many there are.
function denoiserContract(
  { codes, timestep, conditioning, rows, wide, most }: Facts,
  side: number | 'free',
): ModelContract {
  return {
    inputs: [
      { name: 'tokens', type: 'int64', shape: ['free', side, side] },
      { name: 'select', type: 'int64', shape: ['free'], optional: true },
      ...(timestep ? [{ name: 't', type: 'int64', shape: ['free'] } as const] : []),
      ...(conditioning === 'clip-text'
        ? [{ name: 'context', type: 'float32', shape: ['free', rows, wide] } as const]
        : []),
      ...(conditioning === 'words' ? [{ name: 'words', type: 'int64', shape: ['free', most] } as const] : []),
      ...(conditioning === 'class' ? [{ name: 'class', type: 'int64', shape: ['free'] } as const] : []),
    ],
    outputs: [{ name: 'logits', type: 'float32', shape: { last: codes } }],
  };
}

/** All windows once for each condition, one after the other: batch c * B + b is window b with condition c. */
function feedsOf(windows: WindowBatch, facts: Facts, selects: boolean): Feeds {
  const { batch, width, height, select, timestep = 0, conditions = [] } = windows;
  const { codes, maskId, conditioning, rows, wide, most } = facts;
  const times = Math.max(1, conditions.length);
  const all = times * batch; // C B
  const once = withMaskId(windows.tokens, codes, maskId);
  return {
    tokens: ids(repeated(once, times, 0), [all, height, width]),
    ...(selects && {
      select: ids(repeated(select, times, batch * width * height), [times * select.length]),
    }),
    ...(facts.timestep && { t: ids(new Int32Array(all).fill(timestep), [all]) }),
    ...(conditioning === 'clip-text' && {
      context: floats(contextOf(conditions, batch, rows * wide), [all, rows, wide]),
    }),
    ...(conditioning === 'words' && {
      words: ids(wordsOf(conditions, batch, most), [all, most]),
    }),
    ...(conditioning === 'class' && {
      class: ids(
        Int32Array.from({ length: all }, (_, i) => classOf(conditions[Math.floor(i / batch)])),
        [all],
      ),
    }),
  };
}

/** A list several times over, each time with its numbers higher by `step`. */
function repeated(list: Int32Array, times: number, step: number): Int32Array {
  if (times === 1) return list;
  const out = new Int32Array(times * list.length);
  for (let c = 0; c < times; c++) {
    for (let i = 0; i < list.length; i++) out[c * list.length + i] = list[i]! + c * step;
  }
  return out;
}

function contextOf(conditions: readonly Condition[], batch: number, size: number): Float32Array {
  const out = new Float32Array(conditions.length * batch * size);
  conditions.forEach((condition, c) => {
    if (condition.kind !== 'text' || condition.states.length !== size) throw otherCondition();
    for (let b = 0; b < batch; b++) out.set(condition.states, (c * batch + b) * size);
  });
  return out;
}

function wordsOf(conditions: readonly Condition[], batch: number, most: number): Int32Array {
  const out = new Int32Array(conditions.length * batch * most);
  conditions.forEach((condition, c) => {
    if (condition.kind !== 'words' || condition.ids.length !== most) throw otherCondition();
    for (let b = 0; b < batch; b++) out.set(condition.ids, (c * batch + b) * most);
  });
  return out;
}

function classOf(condition: Condition | undefined): number {
  if (condition?.kind === 'class') return condition.id;
  throw otherCondition();
}

const otherCondition = (): TesseraError =>
  new TesseraError('internal', 'A denoiser was led by the words of another package.');

function withMaskId(tokens: Int32Array, codes: number, maskId: number | undefined): Int32Array {
  const out = new Int32Array(tokens.length);
  for (let i = 0; i < tokens.length; i++) {
    const id = tokens[i]!;
    if (id < MASK || id >= codes || (id === MASK && maskId === undefined)) {
      throw new TesseraError(
        'input',
        `The grid has token ${id}, and this package has ${codes} codes.`,
        'Use the package that the tokens were made with.',
      );
    }
    out[i] = id === MASK ? maskId! : id;
  }
  return out;
}

/** [C, M, K] */
function logitsOf(
  model: string,
  results: Results,
  windows: WindowBatch,
  codes: number,
  selects: boolean,
): Float32Array {
  const { batch, width, height, select, conditions = [] } = windows;
  const times = Math.max(1, conditions.length);
  if (selects) return floatsOf(model, 'logits', results.logits, [times * select.length, codes]);
  const all = floatsOf(model, 'logits', results.logits, [times * batch, width * height, codes]);
  return gatherRows(all, repeated(select, times, batch * width * height), codes);
}

/** Rows of a [N, K] matrix, in the order of `rows`. */
function gatherRows(all: Float32Array, rows: Int32Array, codes: number): Float32Array {
  const out = new Float32Array(rows.length * codes);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * codes;
    out.set(all.subarray(from, from + codes), i * codes);
  }
  return out;
}
