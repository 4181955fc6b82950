import type { Coverage, PixelPatch } from '../pixels/picture.ts';
import { intersectRects } from '../base/geometry.ts';
import { readRect } from '../raster/flat.ts';
import { editTiles } from '../raster/edit.ts';
import { applyPatch, composePatches } from '../raster/patch.ts';
import type { Raster, RasterPatch } from '../raster/raster.ts';
import { offsetOf } from '../raster/rows.ts';
import type { Document } from './document.ts';

/**
 * What a candidate changes in the picture: its pixels where the selection that the fill was given is not 0, and not a
 * bit anywhere else, whatever was edited meanwhile. Where patches overlap, the last one counts.
 */
export function applyCandidate(
  document: Pick<Document, 'picture'>,
  patches: readonly PixelPatch[],
  selection: Coverage,
): RasterPatch {
  let picture = document.picture;
  let all: RasterPatch = { changes: [] };
  for (const patch of patches) {
    const next = writeSelected(picture, patch, selection);
    picture = applyPatch(picture, next);
    all = composePatches(all, next);
  }
  return all;
}

/**
 * What the patches of a fill change in the picture, where its selection was not 0: patch by patch, so that cost follows
 * the frames and not what lies between them.
 */
export function applyFill(
  { picture }: Pick<Document, 'picture'>,
  patches: readonly PixelPatch[],
  selection: Raster,
): RasterPatch {
  let filled = picture;
  let all: RasterPatch = { changes: [] };
  for (const patch of patches) {
    const selected = { rect: patch.rect, data: readRect(selection, patch.rect) };
    const next = applyCandidate({ picture: filled }, [patch], selected);
    filled = applyPatch(filled, next);
    all = composePatches(all, next);
  }
  return all;
}

function writeSelected(picture: Raster, patch: PixelPatch, selection: Coverage): RasterPatch {
  return editTiles(picture, intersectRects(patch.rect, selection.rect), (tile, own, inside) => {
    let changed = false;
    for (let y = inside.y; y < inside.y + inside.height; y++) {
      let to = offsetOf({ rect: own, data: tile }, inside.x, y, 4);
      let from = offsetOf(patch, inside.x, y, 4);
      let at = offsetOf(selection, inside.x, y, 1);
      for (let x = 0; x < inside.width; x++, to += 4, from += 4, at++) {
        if (selection.data[at] === 0) continue;
        for (let c = 0; c < 4; c++) {
          const value = patch.data[from + c]!;
          if (tile[to + c] === value) continue;
          tile[to + c] = value;
          changed = true;
        }
      }
    }
    return changed;
  });
}
