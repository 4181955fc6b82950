import { idsAfter } from '../../../../core/sampling/trace.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import type { CandidateFrame } from '../../../state/fillSession.svelte.ts';

/** How many tokens of the hole are there after some steps of a fill. */
export function revealedAfter(
  { request, trace, hole }: Pick<CandidateFrame, 'request' | 'trace' | 'hole'>,
  step: number,
): number {
  const ids = idsAfter(request, trace, step);
  return hole.filter((cell) => ids[cell] !== MASK).length;
}
