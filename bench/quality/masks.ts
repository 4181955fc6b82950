import { invert, type Mask } from '../../core/pixels/masks/mask.ts';
import { centredSquare, rectangle } from '../support.ts';
import { SIDE } from './crops.ts';

const WHOLE = { width: SIDE, height: SIDE };
const BRUSH = 18; // px, radius of the stroke

/** The standard selections of fills, each of SIDE x SIDE px. */
export const MASKS = {
  stroke: stroke(),
  centre: rectangle(WHOLE, centredSquare(WHOLE, 0.25)),
  half: rectangle(WHOLE, { x: SIDE / 2, y: 0, width: SIDE / 2, height: SIDE }),
  border: invert(rectangle(WHOLE, centredSquare(WHOLE, 0.5))),
} satisfies Record<string, Mask>;

export type MaskName = keyof typeof MASKS;

/** A wave across the picture, as a brush paints it. */
function stroke(): Mask {
  const data = new Uint8Array(SIDE * SIDE);
  for (let t = 0; t <= 1; t += 1 / SIDE) {
    const x = SIDE * (0.15 + 0.7 * t);
    const y = SIDE * (0.5 + 0.25 * Math.sin(2 * Math.PI * t));
    for (let row = Math.ceil(y - BRUSH); row <= y + BRUSH; row++) {
      const reach = Math.sqrt(BRUSH * BRUSH - (row - y) ** 2);
      data.fill(255, row * SIDE + Math.ceil(x - reach), row * SIDE + Math.floor(x + reach) + 1);
    }
  }
  return { ...WHOLE, data };
}
