import type { Rect } from '../base/geometry.ts';
import { editTiles } from '../raster/edit.ts';
import { composePatches, applyPatch } from '../raster/patch.ts';
import type { Raster, RasterPatch, TileChange } from '../raster/raster.ts';
import { tileRect } from '../raster/tileKey.ts';
import type { Change } from './change.ts';
import type { Document } from './document.ts';

/**
 * What a step did to the picture, done to what it is now: the very pixels that it changed get what it made of them, and are not
 * selected any more. Its tokens are left out; those around them may be others by now.
 */
export function reapply({ picture, selection }: Document, step: Change): Change {
  const changes = step.picture?.changes ?? [];
  const written = overall(picture, changes, (change, tile, own, inside) =>
    eachChanged(change, own, inside, (at) => {
      tile.set(change.after?.subarray(4 * at, 4 * at + 4) ?? NOTHING, 4 * at);
    }),
  );
  const deselected = overall(selection, changes, (change, tile, own, inside) =>
    eachChanged(change, own, inside, (at) => {
      tile[at] = 0;
    }),
  );
  return { picture: written, selection: deselected };
}

const NOTHING = new Uint8Array(4);

function overall(
  raster: Raster,
  changes: readonly TileChange[],
  edit: (change: TileChange, tile: Uint8Array, own: Rect, inside: Rect) => boolean,
): RasterPatch {
  let all: RasterPatch = { changes: [] };
  let now = raster;
  for (const change of changes) {
    const patch = editTiles(now, tileRect(change.key), (tile, own, inside) =>
      edit(change, tile, own, inside),
    );
    now = applyPatch(now, patch);
    all = composePatches(all, patch);
  }
  return all;
}

/** Visits the px of a tile that a change changed, by their index in it; says whether there were any. */
function eachChanged(
  { before, after }: TileChange,
  own: Rect,
  inside: Rect,
  visit: (at: number) => void,
): boolean {
  let any = false;
  for (let y = inside.y - own.y; y < inside.y - own.y + inside.height; y++) {
    for (let x = inside.x - own.x; x < inside.x - own.x + inside.width; x++) {
      const at = y * own.width + x;
      if (!differs(before, after, 4 * at)) continue;
      any = true;
      visit(at);
    }
  }
  return any;
}

function differs(a: Uint8Array | null, b: Uint8Array | null, from: number): boolean {
  for (let i = from; i < from + 4; i++) if ((a?.[i] ?? 0) !== (b?.[i] ?? 0)) return true;
  return false;
}
