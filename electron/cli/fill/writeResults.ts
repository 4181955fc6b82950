import { throwIfAborted } from '../../../core/base/abort.ts';
import { pictureWith } from '../../../core/document/fillDocument.ts';
import { onCanvas } from '../../../core/frames/frame.ts';
import { recordOf } from '../../../core/fill/record.ts';
import { writePicture } from '../../io/writePicture.ts';
import { writeTokenFile } from '../../io/tokenFiles.ts';
import type { Context } from '../shared/context.ts';
import { withSuffix } from '../shared/target.ts';
import { tokenFileOf } from '../shared/tokenFile.ts';
import { type Filled, type FillTask, settingsOf } from './task.ts';

/** The files of one candidate. */
export interface WrittenCandidate {
  readonly candidate: number; // from 1
  readonly path: string;
  readonly tokens?: readonly string[]; // one per frame, where they are kept
}

/** Writes every candidate, one at a time, the best first. */
export async function writeResults(
  context: Context,
  task: FillTask,
  filled: Filled,
): Promise<readonly WrittenCandidate[]> {
  const written: WrittenCandidate[] = [];
  for (const [place, path] of task.destination.pictures.entries()) {
    throwIfAborted(context.signal);
    const candidate = filled.fill.outcome.ranking[place]!;
    await writeCandidate(context, task, filled, candidate, path);
    const tokens = await keepTokens(task, filled, candidate, place);
    written.push({ candidate: candidate + 1, path, ...(tokens && { tokens }) });
  }
  return written;
}

async function writeCandidate(
  { version, reporter }: Context,
  task: FillTask,
  { source, document, fill }: Filled,
  candidate: number,
  path: string,
): Promise<void> {
  const { flags, model } = task;
  const { quality, metadata } = flags;
  const record = recordOf({
    version,
    package: { id: model.id, version: model.manifest.version },
    settings: settingsOf(task),
    ...fill,
    candidate,
  });
  await writePicture(path, pictureWith(document, fill, candidate), {
    ...(metadata !== 'none' && { metadata: source.metadata, record }),
    location: metadata === 'keep',
    onDropped: (what) => {
      reporter.note(what);
    },
    ...(quality !== undefined && { quality }),
  });
}

/** Writes the tokens of each frame; where there are several, their files are numbered. */
async function keepTokens(
  { destination, model }: FillTask,
  { document: { canvas }, fill: { params, outcome } }: Filled,
  candidate: number,
  place: number,
): Promise<readonly string[] | null> {
  const base = destination.tokens?.[place];
  if (base === undefined) return null;
  const paths = outcome.frames.map((_, i) =>
    outcome.frames.length === 1 ? base : withSuffix(base, `-frame${i + 1}`),
  );
  const { width, height } = canvas;
  for (const [i, { candidates }] of outcome.frames.entries()) {
    const { grid, provenance } = candidates[candidate]!;
    const frame = onCanvas(params.frames[i]!.plan.frame, canvas);
    await writeTokenFile(
      paths[i]!,
      tokenFileOf(model, grid, { frame, provenance, picture: { width, height } }),
    );
  }
  return paths;
}
