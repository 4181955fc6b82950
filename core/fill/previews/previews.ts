import type { PixelPatch } from '../../pixels/patch.ts';
import { MASK, type TokenGrid } from '../../tokens/grid.ts';
import type { Pacer } from './pacer.ts';

/** Shows candidates while they are made. */
export interface Previews {
  readonly pacer: Pacer;
  /** @param frame its index in the job @param patch px of the frame's picture */
  readonly show: (frame: number, candidate: number, patch: PixelPatch) => void;
}

/**
 * Whose turn it is to be shown. People look at the first candidate, so it has every second turn; the others share the
 * rest.
 */
export function candidateInTurn(turn: number, candidates: number): number {
  if (turn % 2 === 0 || candidates === 1) return 0;
  return 1 + (((turn - 1) / 2) % (candidates - 1));
}

/** A grid that can be decoded: what is still missing is taken from `known`, the smooth continuation of the surroundings. */
export function sketch(known: TokenGrid, ids: Int32Array): TokenGrid {
  return { ...known, ids: ids.map((id, cell) => (id === MASK ? known.ids[cell]! : id)) };
}
