import type { Mask } from '../../../core/pixels/masks/mask.ts';
import { paste } from '../../../core/pixels/crop.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { toPicture, toPlanes } from '../../../core/pixels/planes.ts';
import { fullRect } from '../../../core/base/geometry.ts';

const GAP = 12; // px between panels
const PANEL = 640; // px, the widest that a panel gets
const TINT = [230, 30, 60] as const; // RGB
const COVER = 0.6; // how much of the tint shows where the mask is white

/** Pictures of one size, scaled down where they are wide, next to each other on white. */
export function sideBySide(pictures: readonly Picture[]): Picture {
  const panels = pictures.map((picture) => scaledTo(picture, PANEL));
  const width = panels.reduce((sum, panel) => sum + panel.width, GAP * (panels.length - 1));
  const height = Math.max(...panels.map((panel) => panel.height));
  const sheet = { width, height, data: new Uint8Array(width * height * 4).fill(255) };
  let x = 0;
  for (const panel of panels) {
    paste(sheet, panel, x, 0);
    x += panel.width + GAP;
  }
  return sheet;
}

function scaledTo(picture: Picture, widest: number): Picture {
  if (picture.width <= widest) return picture;
  const height = Math.max(1, Math.round((picture.height * widest) / picture.width));
  return toPicture(toPlanes(picture, fullRect(picture), { width: widest, height }));
}

/** The picture with the mask over it in red. */
export function withOverlay({ width, height, data }: Picture, mask: Mask): Picture {
  const tinted = data.slice();
  for (let i = 0; i < mask.data.length; i++) {
    const share = (mask.data[i]! / 255) * COVER;
    for (let c = 0; c < 3; c++) {
      const at = 4 * i + c;
      tinted[at] = Math.round(tinted[at]! + (TINT[c]! - tinted[at]!) * share);
    }
  }
  return { width, height, data: tinted };
}
