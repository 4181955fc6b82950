import type { PixelPatch } from '../../../core/pixels/picture.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { TILE, type Raster, type Tile, type TileKey } from '../../../core/raster/raster.ts';
import { tileKey } from '../../../core/raster/tileKey.ts';
import type { PixelSource } from './thumbnail.ts';

type TileOf = (key: TileKey) => Tile | null | undefined;

/** The bytes of a px of tiles, [channels]; 0 where there is no tile. */
function reader(tileOf: TileOf, channels: number): PixelSource {
  // Neighbours mostly lie in one tile, so that it is looked up once for many.
  let foundAt: TileKey | null = null;
  let tile: Tile | null | undefined;
  return (x, y, into) => {
    const column = Math.floor(x / TILE);
    const row = Math.floor(y / TILE);
    const key = tileKey(column, row);
    if (key !== foundAt) {
      foundAt = key;
      tile = tileOf(key);
    }
    const at = ((y - row * TILE) * TILE + x - column * TILE) * channels;
    for (let i = 0; i < channels; i++) into[i] = tile?.[at + i] ?? 0;
  };
}

/** The px of a picture; `changed` has the tiles that differ from it, null being transparent. */
export function pictureSource(picture: Raster, changed?: ReadonlyMap<TileKey, Tile | null>): PixelSource {
  return reader((key) => (changed?.has(key) ? changed.get(key) : picture.tiles.get(key)), 4);
}

/** A picture with a colour laid over what is selected in `tiles`. */
export function selectionSource(
  picture: Raster,
  tiles: ReadonlyMap<TileKey, Tile | null>,
  colour: readonly [number, number, number],
): PixelSource {
  const base = pictureSource(picture);
  const selected = reader((key) => tiles.get(key), 1);
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
  const selected = reader((key) => selection?.tiles.get(key), 1);
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
