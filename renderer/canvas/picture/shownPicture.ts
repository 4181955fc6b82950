import { applyCandidate } from '../../../core/document/candidate.ts';
import type { Document } from '../../../core/document/document.ts';
import type { PixelPatch } from '../../../core/pixels/picture.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { cellsMask } from '../../../core/frames/cellRects.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { applyPatch } from '../../../core/raster/patch.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import type { FillSession, WaitingCandidate } from '../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Asked, Scrub } from '../../state/tokens/tokenWork.svelte.ts';

const MAX_CACHED = 4; // candidates and suggestions, so that flipping to and fro costs nothing

/**
 * The picture as it is looked at: with the candidate that is shown (or one of its steps), with what the fill under way
 * has decoded by now, and with the suggestion that is tried on. It shares every other tile with the document.
 */
export class ShownPicture {
  private cached: {
    candidate: WaitingCandidate;
    step: PixelPatch | null;
    picture: Raster;
    shown: Document;
  }[] = [];
  private tried: { patch: PixelPatch; picture: Raster; shown: Raster }[] = [];
  private running: { picture: Raster; patches: readonly PixelPatch[]; shown: Document } | null = null;

  of({ live, fill, current, floating, tokenWork }: OpenDocument): Raster {
    if (live?.picture) return live.picture;
    const edited = floating?.lifted?.document ?? current;
    const document = fill.current ? this.withCandidate(edited, fill.current, tokenWork.scrub) : edited;
    return this.withSuggestion(this.withJob(document, fill).picture, current.canvas, tokenWork.asked);
  }

  private withCandidate(document: Document, candidate: WaitingCandidate, scrub: Scrub | null): Document {
    const { picture } = document;
    const step = scrub?.candidate === candidate.id ? scrub.patch : null;
    const known = this.cached.find(
      (entry) => entry.candidate === candidate && entry.step === step && entry.picture === picture,
    );
    if (known) return known.shown;
    const patches = step ? candidate.patches.with(scrub!.frame, step) : candidate.patches;
    const shown = layOver(document, patches, candidate.order.selection);
    this.cached = [{ candidate, step, picture, shown }, ...this.cached].slice(0, MAX_CACHED);
    return shown;
  }

  private withJob(document: Document, { job, last }: FillSession): Document {
    if (job && last) {
      const patches = (job.previews[0] ?? []).filter((patch) => patch !== null);
      return this.withPreviews(document, patches, last.selection);
    }
    this.running = null;
    return document;
  }

  /** In the squares of the cells alone: around them lies what was asked about, and a candidate may be shown. */
  private withSuggestion(picture: Raster, canvas: Rect, asked: Asked | null): Raster {
    const patch = asked?.list[asked.tried ?? -1]?.patch;
    if (!asked || !patch) return picture;
    const known = this.tried.find((entry) => entry.patch === patch && entry.picture === picture);
    if (known) return known.shown;
    const squares = cellsMask(asked.of.frame, asked.cells, canvas);
    const shown = applyPatch(picture, applyCandidate({ picture }, [patch], squares));
    this.tried = [{ patch, picture, shown }, ...this.tried].slice(0, MAX_CACHED);
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
