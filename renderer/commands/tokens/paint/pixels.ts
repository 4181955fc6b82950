import { applyCandidate } from '../../../../core/document/candidate.ts';
import { cellBounds, cellsInPicture } from '../../../../core/frames/cells.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import { regionOfCells } from '../../../../core/frames/regionFor.ts';
import type { AbortNotice } from '../../../../core/contract/clients.ts';
import type { PixelPatch } from '../../../../core/pixels/picture.ts';
import { type Rect, intersectRects, isEmptyRect } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import type { Raster, RasterPatch } from '../../../../core/raster/raster.ts';
import type { TokenGrid } from '../../../../core/tokens/grid.ts';
import { cellRect, cellsMask } from '../../../../core/frames/cellRects.ts';
import type { Editor } from '../../../state/editor.svelte.ts';

/** Tokens that are to become pixels. */
export interface ToPaint {
  readonly package: string; // ref
  readonly frame: Frame;
  readonly picture: Raster; // shows `before`
  readonly before: TokenGrid;
  readonly after: TokenGrid;
  readonly cells: readonly number[]; // whose pixels may change; at least one of them lies on the canvas
}

/** What the picture becomes in the squares of the cells. The engine is sent these and what lies just around them. */
export function askForPixels(
  { engine }: Editor,
  { picture, frame, ...rest }: ToPaint,
  signal: AbortNotice,
): Promise<PixelPatch> {
  const region = regionOfCells(frame, rest.cells, picture.rect);
  return engine.call(
    'tokens.paint',
    { ...rest, frame, region, picture: readRect(picture, region) },
    { signal },
  );
}

/** What pixels change in the squares of cells, and not a bit anywhere else. */
export function layIntoCells(
  picture: Raster,
  patch: PixelPatch,
  frame: Frame,
  cells: Iterable<number>,
): RasterPatch {
  return applyCandidate({ picture }, [patch], cellsMask(frame, cells, picture.rect));
}

/** What the squares of cells show in one picture is laid into another. */
export function copyCells(from: Raster, to: Raster, frame: Frame, cells: readonly number[]): RasterPatch {
  if (cells.length === 0) return { changes: [] };
  const rect = intersectRects(cellsInPicture(cellBounds(cells, frame), frame), to.rect);
  return layIntoCells(to, { rect, data: readRect(from, rect) }, frame, cells);
}

/** Whether nothing of a cell's square lies on the canvas. */
export function isOutside(frame: Frame, cell: number, canvas: Rect): boolean {
  return isEmptyRect(intersectRects(cellRect(frame, cell), canvas));
}
