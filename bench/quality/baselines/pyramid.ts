import { membrane } from '../../../core/pixels/membrane.ts';
import type { Planes } from '../../../core/pixels/picture.ts';
import type { Mask } from '../../../core/pixels/masks/mask.ts';

/** One scale of a picture with a hole. A pixel belongs to the hole if any part of it does. */
export interface Scale {
  readonly width: number; // px
  readonly height: number; // px
  readonly colours: Float32Array; // [height * width * 3], interleaved
  readonly hole: Uint8Array; // [height * width], 0 or 1
}

const COARSEST = 32; // px, the shorter side at which halving stops

/** From the coarsest scale, whose hole holds a membrane, to the picture's own. */
export function pyramid(planes: Planes, mask: Mask): Scale[] {
  const start = { ...planes, data: planes.data.slice() };
  membrane(start, mask);
  const scales = [interleave(start, mask)];
  while (Math.min(scales[0]!.width, scales[0]!.height) >= 2 * COARSEST) scales.unshift(halve(scales[0]!));
  return scales;
}

function interleave({ width, height, data }: Planes, mask: Mask): Scale {
  const area = width * height;
  const colours = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) colours[3 * i + c] = data[c * area + i]!;
  }
  return { width, height, colours, hole: mask.data.map((value) => (value > 0 ? 1 : 0)) };
}

function halve(fine: Scale): Scale {
  const width = fine.width >> 1;
  const height = fine.height >> 1;
  const colours = new Float32Array(3 * width * height);
  const hole = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const a = 2 * y * fine.width + 2 * x;
      const cells = [a, a + 1, a + fine.width, a + fine.width + 1];
      for (const cell of cells) {
        for (let c = 0; c < 3; c++) colours[3 * i + c]! += fine.colours[3 * cell + c]! / 4;
        hole[i]! |= fine.hole[cell]!;
      }
    }
  }
  return { width, height, colours, hole };
}
