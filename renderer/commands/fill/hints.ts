import type { FrameTokens } from '../../../core/document/document.ts';
import type { KnownTokens } from '../../../core/fill/params.ts';
import { MASK } from '../../../core/tokens/grid.ts';
import type { Provenance } from '../../../core/tokens/provenance.ts';

/**
 * What a person knows of the tokens of a frame, as a fill is told it: outside the hole all that was painted, filled or
 * pinned, and in it the pins, which stay. Null where a person painted nothing: then the pixels tell all.
 *
 * @param previousPins cells of the hole that the same fill pinned before; they count as pins as long as nothing else happened
 */
export function hintsIn(
  { grid: { ids }, provenance, pins }: FrameTokens,
  hole: ReadonlySet<number>,
  previousPins: readonly number[],
): KnownTokens | null {
  const stillPinned = previousPins.filter((cell) => provenance[cell]?.kind === 'pinned');
  const pinned = new Set([...pins, ...stillPinned].filter((cell) => ids[cell] !== MASK));
  const cells: number[] = [];
  let isByHand = false;
  for (let cell = 0; cell < ids.length; cell++) {
    const isPinned = pinned.has(cell);
    const from = ids[cell] === MASK || hole.has(cell) ? 'encoded' : provenance[cell]!.kind;
    if (!isPinned && !TELLS.has(from)) continue;
    cells.push(cell);
    isByHand ||= isPinned || from !== 'filled';
  }
  if (!isByHand) return null;
  return {
    cells,
    ids: cells.map((cell) => ids[cell]!),
    pins: cells.filter((cell) => hole.has(cell)),
  };
}

/** What the pixels of a token do not tell as well as the token itself. */
const TELLS: ReadonlySet<Provenance['kind']> = new Set(['painted', 'filled', 'pinned']);
