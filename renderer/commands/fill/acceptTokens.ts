import { changedCells } from '../../../core/document/changedCells.ts';
import type { Document, FrameTokens } from '../../../core/document/document.ts';
import { tokensOf, withTokens } from '../../../core/document/tokenSheets.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import type { Raster, RasterPatch } from '../../../core/raster/raster.ts';
import { differingTiles } from '../../../core/raster/tileMap.ts';
import { MASK } from '../../../core/tokens/grid.ts';
import { MISSING, PINNED, type Provenance } from '../../../core/tokens/provenance.ts';
import type { CandidateFrame, WaitingCandidate } from '../../state/fillSession.svelte.ts';

/** The tokens that a document has with a candidate: at most one set for each frame. */
export function tokensWith(document: Document, candidate: WaitingCandidate): readonly FrameTokens[] {
  const { order, package: made, picture, frames } = candidate;
  const { id, sha256 } = made;
  const since = {
    patch: differences(picture, document.picture),
    before: picture.rect,
    after: document.canvas,
  };
  let { tokens } = document;
  frames.forEach((filled, index) => {
    const { frame } = order.plans[index]!;
    const before = tokensOf({ ...document, tokens }, frame, sha256);
    const stale = changedCells(frame, since);
    const after = { package: { id, sha256 }, frame, ...merged(filled, frame, before, stale) };
    tokens = withTokens(tokens, after);
  });
  return tokens;
}

/**
 * In the hole, the tokens of the fill. Around it what the document knows, which may be newer; else what the fill knew,
 * where the pixels are still those that it saw. Pins in the hole have done their work.
 */
function merged(
  { grid, provenance, hole, request }: CandidateFrame,
  { columns, rows }: Frame,
  before: FrameTokens | null,
  stale: Uint8Array | null,
): Pick<FrameTokens, 'grid' | 'provenance' | 'pins'> {
  const inHole = new Set(hole);
  const pinned = new Set(request.pins);
  const ids = new Int32Array(columns * rows);
  const came = Array.from(ids, (_, cell): Provenance => {
    const known = before?.grid.ids[cell] ?? MASK;
    const isOld = !inHole.has(cell) && known !== MASK;
    const isGone = !inHole.has(cell) && !isOld && stale?.[cell] === 1;
    ids[cell] = isGone ? MASK : isOld ? known : grid.ids[cell]!;
    if (isGone) return MISSING;
    if (pinned.has(cell)) return PINNED;
    return isOld ? before!.provenance[cell]! : provenance[cell]!;
  });
  return {
    grid: { width: columns, height: rows, ids },
    provenance: came,
    pins: before?.pins.filter((cell) => !inHole.has(cell)) ?? [],
  };
}

function differences(before: Raster, after: Raster): RasterPatch {
  const changes = [...differingTiles(before.tiles, after.tiles)].map((key) => ({
    key,
    before: before.tiles.get(key) ?? null,
    after: after.tiles.get(key) ?? null,
  }));
  return { changes };
}
