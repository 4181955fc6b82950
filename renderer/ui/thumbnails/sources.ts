import type { PixelPatch } from '../../../core/pixels/picture.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Raster, Tile, TileKey } from '../../../core/raster/raster.ts';
import { pictureSource, type PixelSource, tilesSource } from '../../../core/raster/thumbnail.ts';

/** A picture with a colour laid over what is selected in `tiles`. */
export function selectionSource(
  picture: Raster,
  tiles: ReadonlyMap<TileKey, Tile | null>,
  colour: readonly [number, number, number],
): PixelSource {
  const base = pictureSource(picture);
  const selected = tilesSource((key) => tiles.get(key), 1);
  const amount = new Uint8Array(1);
  return (x, y, into) => {
    base(x, y, into);
    selected(x, y, amount);
    const share = (amount[0]! / 255) * OVERLAY;
    for (let i = 0; i < 3; i++) into[i] = into[i]! + (colour[i]! - into[i]!) * share;
  };
}

const OVERLAY = 0.65; // strong enough to be seen at this size

/** A picture as it would be with these patches; only what `selection` selects is taken from them, if one is given. */
export function patchedSource(
  picture: Raster,
  patches: readonly PixelPatch[],
  selection: Raster | null,
): PixelSource {
  const base = pictureSource(picture);
  const selected = tilesSource((key) => selection?.tiles.get(key), 1);
  const amount = new Uint8Array([255]);
  return (x, y, into) => {
    base(x, y, into);
    if (selection !== null) selected(x, y, amount);
    if (amount[0] === 0) return;
    for (const { rect, data } of patches) {
      if (!inside(rect, x, y)) continue;
      const at = ((y - rect.y) * rect.width + x - rect.x) * 4;
      for (let i = 0; i < 4; i++) into[i] = data[at + i]!;
    }
  };
}

function inside(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;
}
