import { TesseraError } from '../../core/base/errors.ts';
import type { Manifest } from '../../core/model/manifest.ts';
import type { Encoding, Tokenizer } from '../../core/model/tokenizer.ts';
import type { Planes } from '../../core/pixels/picture.ts';
import type { TokenGrid } from '../../core/tokens/grid.ts';
import type { ModelContract } from './contract.ts';
import { createModel, type Model, type Results } from './model.ts';
import type { OpenSession } from './sessions.ts';
import { floats, floatsOf, ids, idsOf } from './tensors.ts';

const ENCODER: ModelContract = {
  inputs: [{ name: 'image', type: 'float32', shape: ['free', 3, 'free', 'free'] }],
  outputs: [
    { name: 'ids', type: 'int64', shape: ['any', 'any', 'any'] },
    { name: 'distance', type: 'float32', shape: ['any', 'any', 'any'], optional: true },
  ],
};

const DECODER: ModelContract = {
  inputs: [{ name: 'ids', type: 'int64', shape: ['free', 'free', 'free'] }],
  outputs: [{ name: 'image', type: 'float32', shape: ['any', 3, 'any', 'any'] }],
};

/** The tokenizer of a package and the models behind it, which its owner warms up and frees. */
export interface OwnedTokenizer {
  readonly tokenizer: Tokenizer;
  readonly models: readonly Model[];
}

/** Makes the tokenizer of a package; nothing is loaded before it is used. */
export function createTokenizer(manifest: Manifest, open: OpenSession): OwnedTokenizer {
  const entry = manifest.tokenizer;
  const codes = entry.codebook.size;
  const encoder = encoderModel(manifest, open);
  const decoder = decoderModel(manifest, open);
  return {
    models: [encoder, decoder],
    tokenizer: {
      downsample: entry.downsample,
      codes,
      minSize: entry.minSize,
      tileOverlap: entry.tileOverlap,
      async encode(frame, signal) {
        checkFrame(frame, entry);
        const image = floats(scaleIn(frame.data, entry.pixelRange), [1, 3, frame.height, frame.width]);
        return encodingOf(manifest, encoder.name, await encoder.run({ image }, signal), frame);
      },
      async decode(grid, signal) {
        checkGrid(grid, codes);
        const image = await decoder.run({ ids: ids(grid.ids, [1, grid.height, grid.width]) }, signal);
        return planesOf(manifest, decoder.name, image, grid);
      },
    },
  };
}

function encoderModel(manifest: Manifest, open: OpenSession): Model {
  const { encoder, minSize: side } = manifest.tokenizer;
  return createModel({
    ...open(encoder),
    contract: ENCODER,
    async probe(session) {
      const image = floats(new Float32Array(3 * side * side).fill(manifest.tokenizer.pixelRange[0]), [
        1,
        3,
        side,
        side,
      ]);
      encodingOf(manifest, open(encoder).name, await session.run({ image }), { width: side, height: side });
    },
  });
}

function decoderModel(manifest: Manifest, open: OpenSession): Model {
  const { decoder, minSize, downsample, codebook } = manifest.tokenizer;
  const side = minSize / downsample;
  return createModel({
    ...open(decoder),
    contract: DECODER,
    async probe(session) {
      // The last code, so that a decoder with a smaller codebook shows itself.
      const last = new Int32Array(side * side).fill(codebook.size - 1);
      const results = await session.run({ ids: ids(last, [1, side, side]) });
      planesOf(manifest, open(decoder).name, results, { width: side, height: side });
    },
  });
}

function encodingOf(
  { tokenizer }: Manifest,
  model: string,
  results: Results,
  frame: { readonly width: number; readonly height: number }, // model px
): Encoding {
  const width = frame.width / tokenizer.downsample;
  const height = frame.height / tokenizer.downsample;
  const dims = [1, height, width];
  const grid = { width, height, ids: idsOf(model, 'ids', results.ids, dims, tokenizer.codebook.size) };
  const distance = results.distance;
  return { grid, distances: distance ? floatsOf(model, 'distance', distance, dims) : null };
}

function planesOf(
  { tokenizer }: Manifest,
  model: string,
  results: Results,
  grid: { readonly width: number; readonly height: number }, // tokens
): Planes {
  const width = grid.width * tokenizer.downsample;
  const height = grid.height * tokenizer.downsample;
  const image = floatsOf(model, 'image', results.image, [1, 3, height, width]);
  return { width, height, data: scaleOut(image, tokenizer.pixelRange) };
}

function checkFrame({ width, height }: Planes, entry: Manifest['tokenizer']): void {
  const { downsample, minSize } = entry;
  const fits = width % downsample === 0 && height % downsample === 0 && width >= minSize && height >= minSize;
  if (fits) return;
  throw new TesseraError(
    'limit',
    `A frame of ${width} x ${height} px does not fit this package, which takes whole multiples of ${downsample} px from ${minSize} px on.`,
    'Choose a larger frame or a smaller working scale.',
  );
}

function checkGrid({ ids: codesOfGrid }: TokenGrid, codes: number): void {
  for (let i = 0; i < codesOfGrid.length; i++) {
    const id = codesOfGrid[i]!;
    if (id >= 0 && id < codes) continue;
    throw new TesseraError(
      'input',
      id < 0
        ? 'The grid still has missing tokens, so it cannot be decoded.'
        : `The grid has token ${id}, and this package has ${codes} codes.`,
      id < 0 ? 'Fill them first.' : 'Use the package that the tokens were made with.',
    );
  }
}

/** [0, 1] to the range that the encoder wants. */
function scaleIn(data: Float32Array, [low, high]: readonly [number, number]): Float32Array {
  if (low === 0 && high === 1) return data;
  const out = new Float32Array(data.length);
  const span = high - low;
  for (let i = 0; i < data.length; i++) out[i] = low + data[i]! * span;
  return out;
}

/** The decoder's range to [0, 1], in place: the data are ours. */
function scaleOut(data: Float32Array, [low, high]: readonly [number, number]): Float32Array {
  if (low === 0 && high === 1) return data;
  const factor = 1 / (high - low);
  for (let i = 0; i < data.length; i++) data[i] = (data[i]! - low) * factor;
  return data;
}
