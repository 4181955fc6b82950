import { idsAfter } from '../../../../core/sampling/trace.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { DecodedStep } from '../../../state/tokens/tokenJobs.ts';
import type { Scrub } from '../../../state/tokens/tokenWork.svelte.ts';
import { report } from '../../report.ts';
import { composePixels } from './pixels.ts';

const MAX_DECODED = 12; // steps, so that going to and fro costs nothing

/**
 * Shows the candidate that is shown as it was after some steps of its fill; after the last one it is the candidate again.
 *
 * @param frame which of the fill's frames goes back; the others stay as they became
 */
export function scrubTo(
  editor: Editor,
  document: OpenDocument,
  step: number,
  frame = scrubOf(document)?.frame ?? 0,
): void {
  const { fill, tokenWork } = document;
  const candidate = fill.current;
  const steps = candidate?.frames[frame]?.trace.length ?? 0;
  if (!candidate || steps === 0) return;
  if (step >= steps) {
    leaveScrub(document);
    return;
  }
  const before = scrubOf(document);
  const wanted = { candidate: candidate.id, frame, step: Math.max(0, step) };
  const patch = find(document, wanted)?.patch ?? (before?.frame === frame ? before.patch : null);
  tokenWork.scrub = { ...wanted, patch };
  void decodeSteps(editor, document);
}

/** Some steps on or back from where the candidate that is shown is looked at. */
export function scrubBy(editor: Editor, document: OpenDocument, steps: number): void {
  const scrub = scrubOf(document);
  const frame = scrub?.frame ?? 0;
  const last = document.fill.current?.frames[frame]?.trace.length ?? 0;
  scrubTo(editor, document, (scrub?.step ?? last) + steps, frame);
}

/** Shows the candidate as it became. */
export function leaveScrub(document: OpenDocument): void {
  document.tokenWork.scrub = null;
  document.tokenWork.scrubbing.stop?.abort();
}

/** Where the candidate that is shown is looked at; null where it is seen as it became. */
export function scrubOf({ fill, tokenWork: { scrub } }: OpenDocument): Scrub | null {
  return scrub?.candidate === fill.currentId ? scrub : null;
}

/** One step at a time; of those that are wanted meanwhile, only the last one. */
async function decodeSteps(editor: Editor, document: OpenDocument): Promise<void> {
  const { scrubbing } = document.tokenWork;
  if (scrubbing.stop) return;
  const stop = (scrubbing.stop = new AbortController());
  try {
    for (let next = wantedStep(document); next; next = wantedStep(document)) {
      const { candidate, frame, step } = next;
      const { request, trace } = candidate.frames[frame]!;
      const ids = idsAfter(request, trace, step);
      const patch = await composePixels(editor, candidate, frame, ids, stop.signal);
      scrubbing.decoded = [{ ...next, patch }, ...scrubbing.decoded].slice(0, MAX_DECODED);
      const now = scrubOf(document);
      if (now?.candidate === candidate.id && now.frame === frame)
        document.tokenWork.scrub = { ...now, patch };
    }
  } catch (error) {
    if (!stop.signal.aborted) document.tokenWork.scrub = null;
    report(editor, error);
  } finally {
    scrubbing.stop = null;
  }
  // One that was wanted after the last was called off.
  if (stop.signal.aborted && wantedStep(document)) await decodeSteps(editor, document);
}

/** The step that is to be seen and is not decoded yet. */
function wantedStep(document: OpenDocument): Omit<DecodedStep, 'patch'> | null {
  const scrub = scrubOf(document);
  const candidate = document.fill.current;
  if (!scrub || !candidate || find(document, scrub)) return null;
  return { candidate, frame: scrub.frame, step: scrub.step };
}

function find(
  document: OpenDocument,
  { frame, step }: Pick<Scrub, 'frame' | 'step'>,
): DecodedStep | undefined {
  const { current } = document.fill;
  return document.tokenWork.scrubbing.decoded.find(
    (one) => one.candidate === current && one.frame === frame && one.step === step,
  );
}
