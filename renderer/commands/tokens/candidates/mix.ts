import type { Editor } from '../../../state/editor.svelte.ts';
import type { CandidateFrame, FillSession, WaitingCandidate } from '../../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { Mixing } from '../../../state/tokens/tokenJobs.ts';
import { recordOfMix } from '../../fill/made.ts';
import { report } from '../../report.ts';
import { otherOf } from './compare.ts';
import { composePixels } from './pixels.ts';
import { leaveScrub } from './scrub.ts';

/**
 * Gives the candidate that is shown the tokens of the one it is compared with, in some cells of the hole. The first time
 * this makes a further candidate, which is shown from then on and takes what comes later. Resolves when its pixels are
 * there; never rejects: what goes wrong is told.
 *
 * @param cells flat indices into one of the fill's frames
 * @param frame the index of this frame
 */
export async function mixCells(
  editor: Editor,
  document: OpenDocument,
  cells: Iterable<number>,
  frame = 0,
): Promise<void> {
  const { fill } = document;
  const shown = fill.current;
  const other = otherOf(document);
  const tokens = shown && other && exchanged(shown.frames[frame], other.frames[frame], cells);
  if (!tokens) return;
  leaveScrub(document);
  const mixed = mixOf(shown, other, frame, tokens, fill);
  if (shown.mix) fill.replace(mixed);
  else fill.insertAfter(shown.id, mixed);
  await decodeMix(editor, document, mixed.id, frame, shown.frames[frame]!);
}

/** Resolves when the pixels of a candidate are those of its tokens; null where they are. */
export function pixelsOnTheirWay(document: OpenDocument, id: number | null): Promise<void> | null {
  return id === null ? null : (document.tokenWork.mixing.get(id)?.done ?? null);
}

/** A candidate's tokens with those of another in some cells; null where that makes no difference. */
function exchanged(
  ours: CandidateFrame | undefined,
  theirs: CandidateFrame | undefined,
  cells: Iterable<number>,
): CandidateFrame | null {
  if (!ours || !theirs) return null;
  const ids = ours.grid.ids.slice();
  const provenance = ours.provenance.slice();
  const hole = new Set(ours.hole);
  let changed = false;
  for (const cell of cells) {
    if (!hole.has(cell) || ids[cell] === theirs.grid.ids[cell]) continue;
    ids[cell] = theirs.grid.ids[cell]!;
    provenance[cell] = theirs.provenance[cell]!;
    changed = true;
  }
  return changed ? { ...ours, grid: { ...ours.grid, ids }, provenance, trace: [] } : null;
}

function mixOf(
  shown: WaitingCandidate,
  other: WaitingCandidate,
  frame: number,
  tokens: CandidateFrame,
  fill: FillSession,
): WaitingCandidate {
  const base = shown.mix?.base ?? shown;
  const others = new Set([...(shown.mix?.others ?? []), other.name]);
  others.delete(base.name); // painted back
  const frames = shown.frames.with(frame, tokens);
  const count = tokensBeside(base.frames, frames);
  const names = [...others];
  return {
    ...shown,
    ...(!shown.mix && { id: fill.nextId(), name: 'Mix' }),
    frames,
    details: [...base.details, { kind: 'mix', tokens: count, others: names, base: base.name }],
    record: recordOfMix(base.record, count),
    mix: { base, others: names },
  };
}

function tokensBeside(some: readonly CandidateFrame[], others: readonly CandidateFrame[]): number {
  let count = 0;
  some.forEach(({ grid }, index) => {
    const { ids } = others[index]!.grid;
    for (let cell = 0; cell < ids.length; cell++) if (ids[cell] !== grid.ids[cell]) count++;
  });
  return count;
}

/** One call at a time; what is mixed meanwhile goes into the next one together. */
function decodeMix(
  editor: Editor,
  document: OpenDocument,
  id: number,
  frame: number,
  before: CandidateFrame,
): Promise<void> {
  const { mixing } = document.tokenWork;
  const known = mixing.get(id);
  if (known) {
    known.frames.add(frame);
    if (!known.decoded.has(frame)) known.decoded.set(frame, before);
    return known.done;
  }
  const decoding: Mixing = {
    frames: new Set([frame]),
    decoded: new Map([[frame, before]]),
    done: Promise.resolve(),
  };
  mixing.set(id, decoding);
  decoding.done = decodeFrames(editor, document, id, decoding).finally(() => mixing.delete(id));
  return decoding.done;
}

async function decodeFrames(
  editor: Editor,
  { fill }: OpenDocument,
  id: number,
  { frames, decoded }: Mixing,
): Promise<void> {
  const { signal } = new AbortController();
  try {
    for (const frame of frames) {
      frames.delete(frame); // it comes again if it is mixed again
      const mix = fill.byId(id);
      if (!mix) return;
      const tokens = mix.frames[frame]!;
      const patch = await composePixels(editor, mix, frame, tokens.grid.ids, signal);
      decoded.set(frame, tokens);
      const now = fill.byId(id);
      if (now) fill.replace({ ...now, patches: now.patches.with(frame, patch) });
    }
  } catch (error) {
    report(editor, error);
    const now = fill.byId(id);
    // Its tokens are never others than those that are seen.
    if (now) fill.replace({ ...now, frames: now.frames.map((tokens, at) => decoded.get(at) ?? tokens) });
  }
}
