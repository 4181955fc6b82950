import { TILE, type Tile } from '../../../core/raster/raster.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Painter, RoughTile, TilePart } from './painter.ts';
import { createSurface, drawHalf, type Surface } from './surface.ts';

/** Paints tiles of a picture: RGBA with straight alpha. */
export function createPicturePainter(): Painter<Surface> {
  const scratch = createSurface();
  return {
    create: createSurface,
    paint: paintTile,
    paintHalf(surface, tile, quadrant) {
      paintTile(scratch, tile);
      drawHalf(surface, scratch, quadrant, tile.part);
    },
    shrink: drawHalf,
    clear(surface, { x, y, width, height }) {
      surface.context.clearRect(x, y, width, height);
    },
    rough: paintRough,
  };
}

function paintTile({ canvas, context }: Surface, { tile, part, inside }: TilePart): void {
  context.putImageData(imageOf(tile), 0, 0, part.x, part.y, part.width, part.height);
  if (inside.width < TILE || inside.height < TILE) extendBorder(canvas, context, inside);
}

/** Repeats the outermost pixels beyond the border, so that shrinking mixes no emptiness into it. */
function extendBorder(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, inside: Rect): void {
  const { x, y, width, height } = inside;
  const [right, bottom] = [x + width, y + height];
  const stretch = (from: Rect, to: Rect): void => {
    if (to.width <= 0 || to.height <= 0) return;
    context.clearRect(to.x, to.y, to.width, to.height);
    context.drawImage(canvas, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
  };
  stretch({ x, y, width: 1, height }, { x: 0, y, width: x, height });
  stretch({ x: right - 1, y, width: 1, height }, { x: right, y, width: TILE - right, height });
  stretch({ x: 0, y, width: TILE, height: 1 }, { x: 0, y: 0, width: TILE, height: y });
  stretch(
    { x: 0, y: bottom - 1, width: TILE, height: 1 },
    { x: 0, y: bottom, width: TILE, height: TILE - bottom },
  );
}

function paintRough({ context }: Surface, tiles: readonly RoughTile[]): void {
  const image = context.createImageData(TILE, TILE);
  const out = new Uint32Array(image.data.buffer);
  for (const { tile, x, y, side } of tiles) {
    const pixels = new Uint32Array(aligned(tile).buffer, aligned(tile).byteOffset, TILE * TILE);
    const step = TILE / side;
    for (let row = 0; row < side; row++) {
      let from = (row * step + (step >> 1)) * TILE + (step >> 1);
      const to = (y + row) * TILE + x;
      for (let column = 0; column < side; column++, from += step) out[to + column] = pixels[from]!;
    }
  }
  context.putImageData(image, 0, 0);
}

function imageOf(tile: Tile): ImageData {
  return new ImageData(
    new Uint8ClampedArray(tile.buffer as ArrayBuffer, tile.byteOffset, tile.length),
    TILE,
    TILE,
  );
}

/** Four bytes are read at once where they lie on a word's border. */
function aligned(tile: Tile): Tile {
  return tile.byteOffset % 4 === 0 ? tile : new Uint8Array(tile);
}
