import type { Frame } from '../../../../core/frames/frame.ts';
import type { Tokenizer } from '../../../../core/model/tokenizer.ts';
import type { Picture, Planes } from '../../../../core/pixels/picture.ts';
import type { TokenGrid } from '../../../../core/tokens/grid.ts';

export const CODES = 16;
const SIDE = 4; // model px per token

/** From 0.1 to 0.9: far enough from black and white for errors to be seen. */
const shade = (id: number, channel: number): number =>
  0.1 + (0.8 * ((id * (3 + channel)) % CODES)) / (CODES - 1);

/** A tokenizer whose tokens have a colour each and colour their neighbours a little, which can be worked out by hand. */
export const blending: Tokenizer & { decoded: TokenGrid[] } = {
  downsample: SIDE,
  codes: CODES,
  minSize: SIDE,
  tileOverlap: 2, // one would do for the cells themselves, but not for the px beside them
  decoded: [],
  encode(frame) {
    const width = frame.width / SIDE;
    const height = frame.height / SIDE;
    const ids = Int32Array.from({ length: width * height }, (_, cell) => {
      const at = Math.floor(cell / width) * SIDE * frame.width + (cell % width) * SIDE;
      return Math.round(frame.data[at]! * (CODES - 1));
    });
    return Promise.resolve({ grid: { width, height, ids }, distances: null });
  },
  decode(grid) {
    blending.decoded.push(grid);
    const width = grid.width * SIDE;
    const height = grid.height * SIDE;
    const data = new Float32Array(3 * width * height);
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) data[(c * height + y) * width + x] = colourAt(grid, x, y, c);
      }
    }
    return Promise.resolve({ width, height, data });
  },
};

/** Three quarters of a token's own colour, and a quarter of the mean around it. */
function colourAt({ width, height, ids }: TokenGrid, x: number, y: number, channel: number): number {
  const column = Math.floor(x / SIDE);
  const row = Math.floor(y / SIDE);
  let sum = 0;
  let count = 0;
  for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
    for (let q = Math.max(0, column - 1); q <= Math.min(width - 1, column + 1); q++) {
      sum += shade(ids[r * width + q]!, channel);
      count++;
    }
  }
  return 0.75 * shade(ids[row * width + column]!, channel) + (0.25 * sum) / count;
}

/** A frame at a place of the document. */
export function frameAt(x: number, y: number, columns: number, rows: number, unit: number): Frame {
  return { rect: { x, y, width: columns * unit, height: rows * unit }, scale: unit / SIDE, columns, rows };
}

/** Planes as an opaque picture, each colour moved by `offset` levels. */
export function pictureOf({ width, height, data }: Planes, offset = 0): Picture {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      rgba[4 * i + c] = Math.min(255, Math.max(0, Math.round(255 * data[c * width * height + i]!) + offset));
    }
  }
  return { width, height, data: rgba };
}
