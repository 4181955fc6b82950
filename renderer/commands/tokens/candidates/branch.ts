import { startAfter } from '../../../../core/sampling/trace.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { Branch } from '../../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { fillBranch } from '../../fill/run.ts';
import { otherSeed } from '../../fill/seed.ts';
import { scrubOf } from './scrub.ts';

/** With the same seed, the rest repeats itself exactly; with another one, it goes other ways. */
export type BranchSeed = 'same' | 'other';

/** Whether a fill can go on from where the candidate that is shown is looked at. */
export function canBranch(document: OpenDocument, seed: BranchSeed): boolean {
  const scrub = scrubOf(document);
  return scrub !== null && (seed === 'other' || scrub.step > 0);
}

/**
 * Fills again from the step of the candidate that is looked at, in that frame; what comes of it joins the strip. While a
 * fill runs, this one waits for it.
 */
export async function branch(editor: Editor, document: OpenDocument, seed: BranchSeed): Promise<void> {
  const scrub = scrubOf(document);
  const from = document.fill.current;
  if (!scrub || !from || !canBranch(document, seed)) return;
  const { frame, step } = scrub;
  const { request, trace } = from.frames[frame]!;
  const at = { from, frame, step };
  if (seed === 'same') {
    const start = startAfter(request, trace, step);
    await fillBranch(editor, document, { ...at, start, candidates: 1 }, request.seed);
    return;
  }
  const { candidates } = editor.fillSettings;
  const other: Branch = { ...at, start: step === 0 ? null : elsewhere(request, trace, step), candidates };
  await fillBranch(editor, document, other, otherSeed(editor.fillSettings).seed);
}

/** The same tokens, from which each candidate draws its own numbers. */
function elsewhere(...[request, trace, step]: Parameters<typeof startAfter>): Branch['start'] {
  const { ids, believed } = startAfter(request, trace, step);
  return { step, ids, believed };
}
