import { throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import type { Manifest } from '../../core/model/manifest.ts';
import type { Provider } from '../../core/model/provider.ts';
import type { Denoiser, Predict, WindowBatch } from '../../core/model/denoiser.ts';
import { MASK } from '../../core/tokens/grid.ts';
import { hasTensor, type ModelContract } from './contract.ts';
import { eachWindow } from './eachWindow.ts';
import { createModel, type Feeds, type Model, type Results } from './model.ts';
import type { OpenSession } from './sessions.ts';
import { floatsOf, ids } from './tensors.ts';

/** The denoiser of a package and the model behind it, which its owner warms up and frees. */
export interface OwnedDenoiser {
  readonly denoiser: Denoiser;
  readonly model: Model;
}

/**
 * Makes the denoiser of a package, null for a tokenizer alone; nothing is loaded before it is used.
 *
 * @param provider where the model runs once it is loaded
 * @throws TesseraError 'package' if the package needs a kind of denoiser that is not supported
 */
export function createDenoiser(
  manifest: Manifest,
  open: OpenSession,
  provider: () => Provider,
): OwnedDenoiser | null {
  const entry = manifest.denoiser;
  if (!entry) return null;
  refuseUnsupported(manifest.id, entry);
  const { window, maskId } = entry;
  const codes = manifest.tokenizer.codebook.size;
  const model = denoiserModel(entry, codes, open);

  const predictBatch: Predict = async (windows, signal) => {
    const selects = hasTensor((await model.load()).inputMetadata, 'select');
    const results = await model.run(feedsOf(windows, codes, maskId, selects), signal);
    return logitsOf(model.name, results, windows, codes, selects);
  };
  const predictEach = eachWindow(predictBatch, codes);

  return {
    model,
    denoiser: {
      codes,
      window: { min: window.min, max: window.max },
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

function refuseUnsupported(id: string, denoiser: DenoiserEntry): void {
  const what =
    denoiser.kind !== 'absorbing'
      ? 'mask-and-replace diffusion'
      : denoiser.timestep
        ? 'a denoiser that reads the timestep'
        : denoiser.conditioning !== 'none'
          ? 'a denoiser that is conditioned on text'
          : null;
  if (what === null) return;
  throw new TesseraError(
    'package',
    `The package ${id} needs ${what}, which this version of Tessera cannot run.`,
    'Choose another package, or update Tessera.',
  );
}

function denoiserModel({ file, maskId, window }: DenoiserEntry, codes: number, open: OpenSession): Model {
  const side = window.min;
  return createModel({
    ...open(file),
    contract: denoiserContract(codes, window.positions === 'fixed' ? side : 'free'),
    async probe(session) {
      const selects = hasTensor(session.inputMetadata, 'select');
      // All missing but the last token, which holds the last code: both ends of the embedding are read.
      const tokens = new Int32Array(side * side).fill(MASK);
      tokens[tokens.length - 1] = codes - 1;
      const windows = { batch: 1, width: side, height: side, tokens, select: Int32Array.of(0) };
      const results = await session.run(feedsOf(windows, codes, maskId, selects));
      logitsOf(open(file).name, results, windows, codes, selects);
    },
  });
}

// [M, K] with `select` and [B, h*w, K] without: the rank is the session's to choose, so only the run checks it.
// Where positions are fixed, the graph may say how many there are.
function denoiserContract(codes: number, side: number | 'free'): ModelContract {
  return {
    inputs: [
      { name: 'tokens', type: 'int64', shape: ['free', side, side] },
      { name: 'select', type: 'int64', shape: ['free'], optional: true },
    ],
    outputs: [{ name: 'logits', type: 'float32', shape: { last: codes } }],
  };
}

function feedsOf(windows: WindowBatch, codes: number, maskId: number, selects: boolean): Feeds {
  const { batch, width, height, select } = windows;
  const tokens = ids(withMaskId(windows.tokens, codes, maskId), [batch, height, width]);
  return selects ? { tokens, select: ids(select, [select.length]) } : { tokens };
}

function withMaskId(tokens: Int32Array, codes: number, maskId: number): Int32Array {
  const out = new Int32Array(tokens.length);
  for (let i = 0; i < tokens.length; i++) {
    const id = tokens[i]!;
    if (id < MASK || id >= codes) {
      throw new TesseraError(
        'input',
        `The grid has token ${id}, and this package has ${codes} codes.`,
        'Use the package that the tokens were made with.',
      );
    }
    out[i] = id === MASK ? maskId : id;
  }
  return out;
}

function logitsOf(
  model: string,
  results: Results,
  windows: WindowBatch,
  codes: number,
  selects: boolean,
): Float32Array {
  const { batch, width, height, select } = windows;
  if (selects) return floatsOf(model, 'logits', results.logits, [select.length, codes]);
  const all = floatsOf(model, 'logits', results.logits, [batch, width * height, codes]);
  return gatherRows(all, select, codes);
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
