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
 * Tokens of one gesture on their way to pixels: the picture that it began on, with the newest state that is decoded laid
 * over it. The document itself stays as it was.
 */
export interface Painted {
  readonly frameTokens: SeenTokens;
  readonly document: Document; // as it was
  readonly picture: Raster; // with what is decoded by now
  readonly patch: RasterPatch; // from the document's picture to this one
  readonly grid: TokenGrid; // what `picture` shows
}

/** Nothing painted yet. */
export function unpainted(frameTokens: SeenTokens, document: Document): Painted {
  const { picture } = document;
  return { frameTokens, document, picture, patch: { changes: [] }, grid: frameTokens.tokens.grid };
}

/** What the gesture has put into cells so far becomes pixels where `fresh` cells, or those near them, need it. */
export async function decodePainted(
  editor: Editor,
  painted: Painted,
  edit: TokenEdit,
  fresh: ReadonlySet<number>,
  stop: AbortSignal,
): Promise<Painted> {
  const { frameTokens, document, grid } = painted;
  const { frame, package: made, grid: begun } = frameTokens.tokens;
  const patch = putTokens(begun, edit);
  const changed = new Set(patch.cells);
  const after = applyTokens(begun, patch);
  // What was painted over with the token that had been there looks as it did, bit for bit.
  const back = [...fresh].filter((cell) => !changed.has(cell) && grid.ids[cell] !== after.ids[cell]);
  const restored = patched(painted, copyCells(document.picture, painted.picture, frame, back));
  const cells = nearby(frame, fresh, changed);
  if (cells.length === 0) return { ...restored, grid: after };
  const { picture } = restored;
  const before = withIds(grid, back, begun);
  const asked = { package: editor.refOf(made), frame, picture, before, after, cells };
  const pixels = await askForPixels(editor, asked, stop);
  return { ...patched(restored, layIntoCells(picture, pixels, frame, cells)), grid: after };
}

/** What changed in the picture. What came back to what it was is no change. */
export function pictureChanges({ patch }: Painted): RasterPatch {
  return { changes: patch.changes.filter(({ before, after }) => !sameTile(before, after)) };
}

/** Whether the document is still what the gesture was painted on. */
export function fits({ document: { picture, tokens } }: Painted, { current }: OpenDocument): boolean {
  return current.tokens === tokens && sameTiles(current.picture.tiles, picture.tiles);
}

function patched(painted: Painted, next: RasterPatch): Painted {
  return {
    ...painted,
    picture: applyPatch(painted.picture, next),
    patch: composePatches(painted.patch, next),
  };
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
