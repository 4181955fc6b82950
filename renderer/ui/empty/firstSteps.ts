import type { OpenDocument } from '../../state/openDocument.svelte.ts';

/** What a newcomer does, in order. */
export const FIRST_STEPS = ['Paint over something', 'Press Enter to fill', 'Choose a candidate'] as const;

/** Which of the steps is next; their number when all are done. */
export function firstStep({
  fill,
  history,
  current,
}: Pick<OpenDocument, 'fill' | 'history' | 'current'>): number {
  if (history.entries.some(({ label }) => label === /* @wc-ignore */ 'Fill')) return FIRST_STEPS.length;
  if (fill.candidates.length > 0) return 2;
  return current.selection.tiles.size > 0 || fill.job !== null ? 1 : 0;
}
