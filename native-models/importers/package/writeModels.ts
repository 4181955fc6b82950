import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CodecPlan } from '../codec/plan.ts';
import { writeDecoder, writeEncoder } from '../codec/writeCodec.ts';
import { chosenCodes } from './chosenCodes.ts';
import { CODECS, DENOISERS } from '../families/families.ts';
import { encodeModel } from '../onnx/encodeModel.ts';
import { GraphWriter, type Storage } from '../onnx/graphWriter.ts';
import { WeightsFile } from '../onnx/weightsFile.ts';
import type { Precision } from '../../../core/model/importing.ts';
import type { Manifest } from '../../../core/model/manifest.ts';
import { type TextStates, writeClipText } from '../text/clipText.ts';
import { configBeside, wholeIn } from './configBeside.ts';
import { type TextParts, writeWords } from './writeText.ts';
import { openWeights } from '../recognise/openModel.ts';
import type { Located } from '../recognise/piece.ts';
import { partShapes, type PartWeights, partWeights } from '../weights.ts';
import type { ImportChoices } from './importPackage.ts';
import type { Parts } from './parts.ts';

/** What was written besides the files. */
export interface Written {
  readonly plan: CodecPlan;
  readonly denoiser: WrittenDenoiser | null;
  readonly text: Manifest['text'] | null;
  readonly files: readonly string[]; // names
}

/** What the files of a denoiser say of it. */
export interface WrittenDenoiser {
  readonly heads: number;
  readonly steps: number;
  readonly maskId: number;
  readonly classes: number | null; // of one that is told a class
}

type Choices = Pick<ImportChoices, 'precision' | 'heads' | 'classId' | 'guidance'>;

/** How the tensors of checkpoints are read. */
export interface Reading {
  readonly signal?: AbortSignal;
  readonly onRead?: (values: number) => void; // told the numbers of each tensor
}

/**
 * Writes encoder, decoder and denoiser with their weights beside them into a folder, tensor by tensor.
 *
 * @param onDone told the share that is done, 0 .. 1
 */
export async function writeModels(
  parts: Parts,
  choices: Choices,
  folder: string,
  onDone: (share: number) => void,
  signal?: AbortSignal,
): Promise<Written> {
  const { tokenizer, denoiser, words } = parts;
  const all = tokenizer.values + (denoiser?.values ?? 0) + (words?.text.values ?? 0);
  let read = 0;
  const from = {
    ...(signal && { signal }),
    onRead(values: number): void {
      read += values;
      onDone(Math.min(1, read / all));
    },
  };
  const codec = await writeTokenizer(parts, choices.precision, folder, from);
  const led = await writeDenoiser(parts, choices, folder, from);
  return {
    plan: codec.plan,
    denoiser: led?.denoiser ?? null,
    text: led?.text ?? null,
    files: [...codec.files, ...(led?.files ?? [])],
  };
}

/** Writes encoder and decoder alone. */
export async function writeTokenizer(
  { tokenizer, denoiser, table }: Parts,
  precision: Precision,
  folder: string,
  from: Reading,
): Promise<Pick<Written, 'plan' | 'files'>> {
  const storage = storageOf(precision);
  return withWeights(tokenizer, from, async (weights, shapes) => {
    const chosen = table && denoiser ? await chosenCodes(table.file, denoiser.codes) : null;
    const plan = { ...CODECS[tokenizer.family]!(shapes), ...(chosen && { chosen }) };
    const files = [
      ...(await writeModel(folder, 'encoder', storage, (graph) => writeEncoder(graph, plan, weights))),
      ...(await writeModel(folder, 'decoder', storage, (graph) => writeDecoder(graph, plan, weights))),
    ];
    return { plan, files };
  });
}

/** Writes the denoiser and the text model that leads it, if any; null for a tokenizer alone. */
export async function writeDenoiser(
  { tokenizer, denoiser, words }: Parts,
  { precision, heads, classId, guidance }: Choices,
  folder: string,
  from: Reading,
): Promise<(Pick<Written, 'text' | 'files'> & { readonly denoiser: WrittenDenoiser }) | null> {
  if (!denoiser) return null;
  const storage = storageOf(precision);
  const family = DENOISERS[denoiser.family]!;
  const tower = words && family.text ? await writeTower(words, family.text, storage, folder, from) : null;
  return withWeights(denoiser, from, async (weights) => {
    const config = await configBeside(denoiser.file);
    const used = heads ?? family.usualHeads(weights, config);
    const choices = {
      side: denoiser.side,
      codes: denoiser.codes,
      downsample: tokenizer.downsample,
      context: tower ? { rows: tower.text.rows, width: tower.text.width } : { rows: 0, width: 0 },
      heads: used,
      classId,
      guidance,
      arithmetic: precision === 'int8' ? 'int8' : 'float',
    } as const;
    const files = await writeModel(folder, 'denoiser', storage, (graph) =>
      family.write(graph, weights, choices),
    );
    const maskId = family.maskId(denoiser.codes, weights);
    const classes = classId === null ? (family.classes?.(weights, denoiser.codes) ?? null) : null;
    return {
      denoiser: { heads: used, steps: family.steps(weights), maskId, classes },
      text: tower?.text ?? null,
      files: [...(tower?.files ?? []), ...files],
    };
  });
}

async function writeTower(
  parts: TextParts,
  states: TextStates,
  storage: Storage,
  folder: string,
  from: Reading,
): Promise<{ readonly text: NonNullable<Manifest['text']>; readonly files: readonly string[] }> {
  const { entry, files: words } = await writeWords(parts, states, folder);
  const { file, width } = parts.text;
  const config = await configBeside(file);
  const choices = {
    heads: wholeIn(config, 'num_attention_heads') ?? Math.max(1, Math.floor(width / HEAD)),
    states,
    activation: config.hidden_act === 'gelu' ? 'gelu' : 'quick-gelu',
  } as const;
  const files = await withWeights(parts.text, from, (weights) =>
    writeModel(folder, 'text', storage, (graph) => writeClipText(graph, weights, choices)),
  );
  return { text: entry, files: [...files, ...words] };
}

function storageOf(precision: Precision): Storage {
  return precision === 'full' ? 'float32' : 'float16';
}

/** Numbers that a head of CLIP's attention is wide. */
const HEAD = 64;

async function withWeights<T>(
  { file, prefix }: Located,
  options: Reading,
  work: (weights: PartWeights, shapes: ReadonlyMap<string, readonly number[]>) => Promise<T>,
): Promise<T> {
  const checkpoint = await openWeights(file);
  try {
    return await work(partWeights(checkpoint, prefix, options), partShapes(checkpoint, prefix));
  } finally {
    await checkpoint.close();
  }
}

/** Writes one model and its weights; gives the names of both files. */
async function writeModel(
  folder: string,
  name: string,
  storage: Storage,
  write: (graph: GraphWriter) => Promise<void>,
): Promise<readonly string[]> {
  const [model, data] = [`${name}.onnx`, `${name}.data`];
  const file = await WeightsFile.create(path.join(folder, data));
  const graph = new GraphWriter(name, file, storage);
  try {
    await write(graph);
  } finally {
    await file.close();
  }
  await writeFile(path.join(folder, model), encodeModel(graph.finish()));
  return [model, data];
}
