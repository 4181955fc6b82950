import type { FrameTokens } from '../../../core/document/document.ts';
import type { EncodedFrame } from '../../../core/paint/requests.ts';
import { MASK } from '../../../core/tokens/grid.ts';
import { ENCODED } from '../../../core/tokens/provenance.ts';
import type { Encodable } from './sheetEncodings.ts';

/** Whether every token is known. */
export function isComplete({ grid }: FrameTokens): boolean {
  return !grid.ids.includes(MASK);
}

/** What a document knows of the tokens of a frame, and what the tokenizer makes of the rest. */
export function mergedTokens(known: FrameTokens | null, { grid }: EncodedFrame, of: Encodable): FrameTokens {
  const { frame, package: made } = of;
  if (!known) {
    const provenance = Array.from(grid.ids, () => ENCODED);
    return { package: { id: made.id, sha256: made.sha256 }, frame, grid, pins: [], provenance };
  }
  const isKnown = (cell: number): boolean => known.grid.ids[cell] !== MASK;
  const ids = grid.ids.map((id, cell) => (isKnown(cell) ? known.grid.ids[cell]! : id));
  return {
    ...known,
    grid: { ...grid, ids },
    provenance: known.provenance.map((was, cell) => (isKnown(cell) ? was : ENCODED)),
  };
}
