import { applyCandidate } from '../../../core/document/candidate.ts';
import type { Document } from '../../../core/document/document.ts';
import type { PixelPatch } from '../../../core/pixels/patch.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { applyPatch } from '../../../core/raster/patch.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import type { WaitingCandidate } from '../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';

const KEPT = 4; // candidates, so that flipping to and fro costs nothing

/**
 * The picture as it is looked at: with the candidate that is shown, and with what the fill under way has decoded by now.
 * It shares every other tile with the document.
 */
export class ShownPicture {
  private kept: { candidate: WaitingCandidate; picture: Raster; shown: Document }[] = [];
  private running: { picture: Raster; patches: readonly PixelPatch[]; shown: Document } | null = null;

  of({ live, fill, current }: OpenDocument): Raster {
    if (live?.picture) return live.picture;
    const document = fill.current ? this.withCandidate(current, fill.current) : current;
    if (!fill.job || !fill.last) {
      this.running = null;
      return document.picture;
    }
    const patches = (fill.job.previews[0] ?? []).filter((patch) => patch !== null);
    return this.withPreviews(document, patches, fill.last.selection).picture;
  }

  private withCandidate(document: Document, candidate: WaitingCandidate): Document {
    const { picture } = document;
    const known = this.kept.find((entry) => entry.candidate === candidate && entry.picture === picture);
    if (known) return known.shown;
    const shown = layOver(document, candidate.patches, candidate.order.selection);
    this.kept = [{ candidate, picture, shown }, ...this.kept].slice(0, KEPT);
    return shown;
  }

  /** Only the patches that are new are laid on; they replace older ones of the same frame. */
  private withPreviews(document: Document, patches: readonly PixelPatch[], selection: Raster): Document {
    const { picture } = document;
    const before = this.running?.picture === picture ? this.running : null;
    const fresh = patches.filter((patch) => before?.patches.includes(patch) !== true);
    const shown = layOver(before?.shown ?? document, fresh, selection);
    this.running = { picture, patches, shown };
    return shown;
  }
}

function layOver(document: Document, patches: readonly PixelPatch[], selection: Raster): Document {
  let shown = document;
  for (const patch of patches) {
    const coverage = { rect: patch.rect, data: readRect(selection, patch.rect) };
    shown = { ...shown, picture: applyPatch(shown.picture, applyCandidate(shown, [patch], coverage)) };
  }
  return shown;
}
