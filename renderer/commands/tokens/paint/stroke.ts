import type { Document } from '../../../../core/document/document.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import { applyPatch, composePatches } from '../../../../core/raster/patch.ts';
import type { Raster, RasterPatch } from '../../../../core/raster/raster.ts';
import { sameTile } from '../../../../core/raster/tile.ts';
import { sameTiles } from '../../../../core/raster/tileMap.ts';
import { setOf } from '../../../../core/tokens/cells.ts';
import { applyPatch as applyTokens, putTokens, type TokenEdit } from '../../../../core/tokens/edit.ts';
import type { TokenGrid } from '../../../../core/tokens/grid.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { SeenTokens } from '../../../state/tokens/tokenWork.svelte.ts';
import { askForPixels, copyCells, layIntoCells } from './pixels.ts';

const REACH = 2; // tokens: painted neighbours this near look other with another token beside them, and are decoded again

/**
 * Tokens of one gesture on their way to pixels. The newest state is decoded, one call at a time, and laid over the picture
 * that the gesture began on; the document itself stays as it was.
 */
export class PaintStroke {
  readonly frameTokens: SeenTokens;
  readonly document: Document; // as it was
  picture: Raster; // with what is decoded by now
  private patch: RasterPatch = { changes: [] }; // from the document's picture to this one
  private grid: TokenGrid; // what `picture` shows

  constructor(frameTokens: SeenTokens, document: Document) {
    this.frameTokens = frameTokens;
    this.document = document;
    this.picture = document.picture;
    this.grid = frameTokens.tokens.grid;
  }

  get frame(): Frame {
    return this.frameTokens.tokens.frame;
  }

  /** What the gesture has put into cells so far becomes pixels where `fresh` cells, or those near them, need it. */
  async decode(
    editor: Editor,
    edit: TokenEdit,
    fresh: ReadonlySet<number>,
    stop: AbortSignal,
  ): Promise<void> {
    const begun = this.frameTokens.tokens.grid;
    const patch = putTokens(begun, edit);
    const painted = new Set(patch.cells);
    const after = applyTokens(begun, patch);
    // What was painted over with the token that had been there looks as it did, bit for bit.
    const back = [...fresh].filter((cell) => !painted.has(cell) && this.grid.ids[cell] !== after.ids[cell]);
    this.take(copyCells(this.document.picture, this.picture, this.frame, back));
    this.grid = withIds(this.grid, back, begun);
    const cells = nearby(this.frame, fresh, painted);
    if (cells.length > 0) {
      const { frame, picture, grid: before } = this;
      const asked = {
        package: editor.refOf(this.frameTokens.tokens.package),
        frame,
        picture,
        before,
        after,
        cells,
      };
      const pixels = await askForPixels(editor, asked, stop);
      this.take(layIntoCells(picture, pixels, frame, cells));
    }
    this.grid = after;
  }

  /** What changed in the picture. What came back to what it was is no change. */
  changes(): RasterPatch {
    return { changes: this.patch.changes.filter(({ before, after }) => !sameTile(before, after)) };
  }

  /** Whether the document is still what the gesture was painted on. */
  fits({ current }: OpenDocument): boolean {
    const { picture, tokens } = this.document;
    return current.tokens === tokens && sameTiles(current.picture.tiles, picture.tiles);
  }

  private take(next: RasterPatch): void {
    this.picture = applyPatch(this.picture, next);
    this.patch = composePatches(this.patch, next);
  }
}

/** A grid with the ids that another has in some cells. */
function withIds({ width, height, ids }: TokenGrid, cells: readonly number[], from: TokenGrid): TokenGrid {
  const next = ids.slice();
  for (const cell of cells) next[cell] = from.ids[cell]!;
  return { width, height, ids: next };
}

/** The painted cells among some cells and around them, ascending. */
function nearby(
  { columns, rows }: Frame,
  cells: Iterable<number>,
  painted: ReadonlySet<number>,
): readonly number[] {
  const near = setOf({ width: columns, height: rows });
  const side = 2 * REACH + 1;
  for (const cell of cells) {
    near.add((cell % columns) - REACH, Math.floor(cell / columns) - REACH, side, side);
  }
  return Array.from(near.list()).filter((cell) => painted.has(cell));
}
