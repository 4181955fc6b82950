import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { withPlainNames } from '../families/vqDiffusionFile.ts';
import { shown } from '../readers/byteFile.ts';
import { unreadTensor } from '../readers/fileCheckpoint.ts';
import { openCheckpoint } from '../readers/openCheckpoint.ts';
import type { Checkpoint } from '../tensor.ts';
import { chooseWeights } from './chooseWeights.ts';
import { DETECTORS } from './detectors.ts';
import { type Piece, Useless } from './piece.ts';
import { isForTraining, partsIn, shapesIn, withValues } from './search.ts';
import { familiarIn } from './strangers.ts';

/** A file that was opened, and what is in it. */
export interface OpenModel {
  /** The weights that are meant, by names without those of wrappers; averaged ones stand in the places of the others. */
  readonly weights: Checkpoint;
  /** The parts of models among them; their prefixes are those of `weights`. */
  readonly pieces: readonly Piece[];
  /** The prefixes of those whose weights are averaged over training. */
  readonly averaged: ReadonlySet<string>;
  /** Why there is none, or why another part of the file is of no use. */
  readonly useless: Useless | null;
  readonly notes: readonly string[]; // sentences
}

/**
 * Opens a checkpoint and finds the parts of models in it, wherever a trainer put them. Only names and shapes are looked at.
 *
 * @throws TesseraError 'input' with one sentence if it cannot be read, if a part of a model has tensors that cannot, or if it holds
 *   several of which none is the one that is meant
 */
export async function openModel(file: string): Promise<OpenModel> {
  const checkpoint = await openCheckpoint(file);
  try {
    return modelIn(checkpoint, file);
  } catch (error) {
    await checkpoint.close();
    throw error;
  }
}

/** The same where only the weights matter. */
export async function openWeights(file: string): Promise<Checkpoint> {
  return (await openModel(file)).weights;
}

function modelIn(checkpoint: Checkpoint, file: string): OpenModel {
  const chosen = chooseWeights(checkpoint, path.basename(file));
  const weights = withPlainNames(chosen.weights);
  const shapes = shapesIn(weights);
  const found = partsIn(shapes, DETECTORS);
  const useless = found.flatMap(({ what }) => (what instanceof Useless ? [what] : []))[0] ?? null;
  const pieces = withValues(
    found.flatMap(({ what }) => (what instanceof Useless ? [] : [what])),
    shapes,
  );
  refuseUnread(weights, pieces, file);
  refuseChanges(weights, pieces, path.basename(file));
  const { averaged, notes } = chosen;
  if (pieces.some(({ part }) => part !== 'text')) return { weights, pieces, averaged, useless, notes };
  // The text model of a diffusion model is no reason to take it for one of ours.
  const why = familiarIn(shapes) ?? useless ?? (pieces.length === 0 ? STRANGE : null);
  return { weights, pieces: why ? [] : pieces, averaged, useless: why, notes };
}

const STRANGE = new Useless('holds none of the models that Tessera knows');

/** Weights that a part cannot do without are refused before any work is done. */
function refuseUnread({ tensors }: Checkpoint, pieces: readonly Piece[], file: string): void {
  for (const info of tensors.values()) {
    if (info.unread === undefined || !/\.(weight|bias)$/.test(info.name) || isForTraining(info.name))
      continue;
    if (pieces.some(({ prefix }) => info.name.startsWith(prefix))) throw unreadTensor(info, file);
  }
}

/** Weights that a LoRA beside them is to change are not what its authors run. */
function refuseChanges({ tensors }: Checkpoint, pieces: readonly Piece[], file: string): void {
  for (const name of tensors.keys()) {
    if (!/\.lora_\w+(\.|$)/.test(name) || !pieces.some(({ prefix }) => name.startsWith(prefix))) continue;
    throw new TesseraError(
      'input',
      `${file} holds a LoRA beside its weights (${shown(name)}), which changes them.`,
      'Merge it into the weights first, and save those.',
    );
  }
}
