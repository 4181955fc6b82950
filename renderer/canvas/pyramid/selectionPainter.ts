import { TILE } from '../../../core/raster/raster.ts';
import type { Painter, RoughTile, TilePart } from './painter.ts';
import { createSurface, drawHalf, halfOf, type Surface } from './surface.ts';

/** Paints tiles of a selection as black of that opacity; the layer that draws it gives it a colour. */
export function createSelectionPainter(): Painter<Surface> {
  const image = new ImageData(TILE, TILE);
  const words = new Uint32Array(image.data.buffer); // alpha is the highest byte of each
  return {
    create: createSurface,
    paint({ context }, { tile, part: { x, y, width, height } }) {
      for (let row = y; row < y + height; row++) {
        const end = row * TILE + x + width;
        for (let i = row * TILE + x; i < end; i++) words[i] = tile[i]! << 24;
      }
      context.putImageData(image, 0, 0, x, y, width, height);
    },
    paintHalf({ context }, tile, quadrant) {
      writeMeans(words, tile);
      const { x, y, width, height } = halfOf(tile.part, 0);
      const to = halfOf(tile.part, quadrant);
      context.putImageData(image, to.x - x, to.y - y, x, y, width, height);
    },
    shrink: drawHalf,
    clear({ context }, { x, y, width, height }) {
      context.clearRect(x, y, width, height);
    },
    rough({ context }, tiles) {
      words.fill(0);
      for (const tile of tiles) writeSamples(words, tile);
      context.putImageData(image, 0, 0);
    },
  };
}

/** The mean of each four pixels of the part, in the top left quarter of the words. */
function writeMeans(words: Uint32Array, { tile, part }: TilePart): void {
  const { x, y, width, height } = halfOf(part, 0);
  for (let row = y; row < y + height; row++) {
    let from = row * 2 * TILE + x * 2;
    const end = row * TILE + x + width;
    for (let i = row * TILE + x; i < end; i++, from += 2) {
      const sum = tile[from]! + tile[from + 1]! + tile[from + TILE]! + tile[from + TILE + 1]!;
      words[i] = ((sum + 2) >> 2) << 24;
    }
  }
}

function writeSamples(words: Uint32Array, { tile, x, y, side }: RoughTile): void {
  const step = TILE / side;
  for (let row = 0; row < side; row++) {
    let from = (row * step + (step >> 1)) * TILE + (step >> 1);
    const to = (y + row) * TILE + x;
    for (let column = 0; column < side; column++, from += step) words[to + column] = tile[from]! << 24;
  }
}
