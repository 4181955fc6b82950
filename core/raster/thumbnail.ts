import type { Rect, Size } from '../base/geometry.ts';
import { TILE, type Raster, type Tile, type TileKey } from './raster.ts';
import { tileKey } from './tileKey.ts';

/** Writes the RGBA of one document px into `into`. Bytes have straight alpha. */
export type PixelSource = (x: number, y: number, into: Uint8Array) => void;

const SAMPLES = 2; // per side of a thumbnail's px: as good as a mean at this size, whatever the picture's

/** A region of a document as a small picture, [height, width, 4]; what lies between the samples is not looked at. */
export function thumbnail(
  region: Rect,
  { width, height }: Size,
  source: PixelSource,
): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(width * height * 4);
  const pixel = new Uint8Array(4);
  const across = region.width / width; // document px per thumbnail px
  const down = region.height / height;
  const perSide = Math.max(1, Math.min(SAMPLES, Math.round(Math.max(across, down))));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * 4;
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let i = 0; i < perSide; i++) {
        const y = Math.floor(region.y + (row + (i + 0.5) / perSide) * down);
        for (let j = 0; j < perSide; j++) {
          source(Math.floor(region.x + (column + (j + 0.5) / perSide) * across), y, pixel);
          const weight = pixel[3]!;
          red += pixel[0]! * weight;
          green += pixel[1]! * weight;
          blue += pixel[2]! * weight;
          alpha += weight;
        }
      }
      if (alpha === 0) continue;
      data[at] = red / alpha;
      data[at + 1] = green / alpha;
      data[at + 2] = blue / alpha;
      data[at + 3] = alpha / (perSide * perSide);
    }
  }
  return data;
}

type TileOf = (key: TileKey) => Tile | null | undefined;

/** The bytes of a px of tiles, [channels]; 0 where there is no tile. */
export function tilesSource(tileOf: TileOf, channels: number): PixelSource {
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
  return tilesSource((key) => (changed?.has(key) ? changed.get(key) : picture.tiles.get(key)), 4);
}
