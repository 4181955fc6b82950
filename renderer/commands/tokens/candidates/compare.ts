import type { WaitingCandidate } from '../../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';

/** Compares the candidate that is shown with another of the same fill, token by token; null compares no more. */
export function compareWith({ fill, tokenWork }: OpenDocument, id: number | null): void {
  tokenWork.other = fill.byId(id)?.id ?? null;
}

/** Compares with the next one that can be compared; after the last one, with none. */
export function compareNext(document: OpenDocument): void {
  const others = comparable(document);
  const at = others.findIndex(({ id }) => id === document.tokenWork.other);
  compareWith(document, others[at + 1]?.id ?? null);
}

/** The candidates that the one shown can be compared with: of the same fill, so that they have the same frames. */
export function comparable({ fill }: OpenDocument): WaitingCandidate[] {
  const { current, candidates } = fill;
  return candidates.filter(({ id, set }) => set === current?.set && id !== current.id);
}

/** The candidate that is compared with, where it can be. */
export function otherOf(document: OpenDocument): WaitingCandidate | null {
  const { other } = document.tokenWork;
  return comparable(document).find(({ id }) => id === other) ?? null;
}

/**
 * The cells in which the two that are compared differ, ascending: flat indices into one of the fill's frames.
 *
 * @param frame its index among the plans of the candidate
 */
export function differingCells(document: OpenDocument, frame = 0): Int32Array {
  const ours = document.fill.current?.frames[frame]?.grid.ids;
  const theirs = otherOf(document)?.frames[frame]?.grid.ids;
  if (!ours || !theirs) return new Int32Array();
  const cells: number[] = [];
  for (let cell = 0; cell < ours.length; cell++) if (ours[cell] !== theirs[cell]) cells.push(cell);
  return Int32Array.from(cells);
}
