import { throwIfAborted } from '../../../core/base/abort.ts';
import { applyPatch } from '../../../core/pixels/patch.ts';
import type { FillRecord } from '../../io/metadata/fillRecord.ts';
import { writePicture } from '../../io/writePicture.ts';
import { writeTokenFile } from '../../io/tokenFiles.ts';
import type { Context } from '../shared/context.ts';
import { withSuffix } from '../shared/target.ts';
import { tokenFileOf } from '../shared/tokenFile.ts';
import { deviationsOf } from '../shared/sampling.ts';
import { holeTokens } from './facts.ts';
import type { Filled, FillTask } from './task.ts';

/** The files of one candidate. */
export interface WrittenCandidate {
  readonly candidate: number; // from 1
  readonly path: string;
  readonly tokens?: readonly string[]; // one per frame, where they are kept
}

/** Writes every candidate, one at a time: the canvas is lent to each and is as it was afterwards. */
export async function writeResults(
  context: Context,
  task: FillTask,
  filled: Filled,
): Promise<readonly WrittenCandidate[]> {
  const written: WrittenCandidate[] = [];
  for (const [index, path] of task.destination.pictures.entries()) {
    throwIfAborted(context.signal);
    await writeCandidate(context, task, filled, index, path);
    const tokens = await keepTokens(task, filled, index);
    written.push({ candidate: index + 1, path, ...(tokens && { tokens }) });
  }
  return written;
}

async function writeCandidate(
  { version }: Context,
  task: FillTask,
  { source, canvas, result }: Filled,
  index: number,
  path: string,
): Promise<void> {
  const { quality } = task.settings;
  // Patches of a candidate do not overlap, so they can be taken back in any order.
  const undo = result.candidates[index]!.patches.map((patch) => applyPatch(canvas, patch));
  try {
    await writePicture(path, canvas, {
      metadata: source.metadata,
      record: recordOf(version, task, result, index),
      ...(quality !== undefined && { quality }),
    });
  } finally {
    for (const patch of undo) applyPatch(canvas, patch);
  }
}

function recordOf(version: string, task: FillTask, result: Filled['result'], index: number): FillRecord {
  const { operation, model, settings } = task;
  const deviations = deviationsOf(settings);
  return {
    format: 1,
    software: `Tessera ${version}`,
    operation,
    package: { id: model.id, version: model.manifest.version },
    preset: settings.preset,
    seed: settings.seed,
    ...(settings.candidates > 1 && { candidate: index + 1 }),
    hole: { tokens: holeTokens(result), pixels: result.selectedPixels },
    ...(Object.keys(deviations).length > 0 && { settings: deviations }),
  };
}

/** Writes the tokens of each frame; where there are several, their files are numbered. */
async function keepTokens(
  { destination, model }: FillTask,
  { canvas, result }: Filled,
  index: number,
): Promise<readonly string[] | null> {
  const base = destination.tokens?.[index];
  if (base === undefined) return null;
  const paths = result.frames.map((_, i) =>
    result.frames.length === 1 ? base : withSuffix(base, `-frame${i + 1}`),
  );
  const { width, height } = canvas;
  for (const [i, { frame, candidates }] of result.frames.entries()) {
    const { grid, provenance } = candidates[index]!;
    await writeTokenFile(
      paths[i]!,
      tokenFileOf(model, grid, { frame, provenance, picture: { width, height } }),
    );
  }
  return paths;
}
