import { intersectRects, isEmptyRect, type Rect } from '../../../core/base/geometry.ts';
import { type Laying, layBytes, type Placement, placementRect } from '../../../core/document/placement.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { type Device, fromDevice, toDevice } from '../device.ts';
import { drawInside, drawSquares } from '../drawSquares.ts';
import type { Pyramid } from '../pyramid/pyramid.ts';
import type { Surface } from '../pyramid/surface.ts';

/** How the px of a piece lie on the bitmap: `own` places them upright, and `matrix` turns and stretches that, if needed. */
export interface PieceOnDevice {
  readonly own: Device;
  readonly matrix: DOMMatrix | null;
}

export function onDevice({ rect }: Raster, placement: Placement, device: Device): PieceOnDevice {
  const { centre, width, height, angle, mirrored } = placement;
  const [across, down] = [width / rect.width, height / rect.height];
  if (across === 1 && down === 1 && angle === 0 && !mirrored) {
    const { x, y } = placementRect(placement);
    const [left, top] = [(x - rect.x) * device.scale, (y - rect.y) * device.scale];
    return { own: { ...device, x: device.x + left, y: device.y + top }, matrix: null };
  }
  const scale = device.scale * Math.max(across, down);
  const middle = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
  return {
    own: { ...device, scale, x: -middle.x * scale, y: -middle.y * scale },
    matrix: new DOMMatrix()
      .translate(centre.x * device.scale + device.x, centre.y * device.scale + device.y)
      .rotate(angle)
      .scale(((mirrored ? -1 : 1) * across * device.scale) / scale, (down * device.scale) / scale),
  };
}

/** What of a piece is seen in an area of the bitmap, px of `own`. */
export function seenOf({ own, matrix }: PieceOnDevice, area: Rect, rect: Rect): Rect {
  const all = toDevice(own, rect);
  return intersectRects(all, matrix ? boundsThrough(matrix.inverse(), area) : area);
}

/** Draws pieces; it keeps a bitmap for those that are not laid on as they are. */
export class PieceDrawing {
  private readonly scratch = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;

  draw(
    context: CanvasRenderingContext2D,
    pyramid: Pyramid<Surface>,
    piece: PieceOnDevice,
    { rect, area, laying }: { readonly rect: Rect; readonly area: Rect; readonly laying: Laying },
  ): void {
    const { own, matrix } = piece;
    const seen = seenOf(piece, area, rect);
    if (isEmptyRect(seen)) return;
    const squares = pyramid.squares(fromDevice(own, seen), own.scale);
    if (!matrix && laying.opacity === 1 && !laying.colours) {
      drawInside(context, seen, () => {
        drawSquares(context, own, squares);
      });
      return;
    }
    // Put together first: squares that are turned or faded each for itself would show their seams.
    const { scratch } = this;
    scratch.canvas.width = seen.width;
    scratch.canvas.height = seen.height;
    drawSquares(scratch, { ...own, x: own.x - seen.x, y: own.y - seen.y }, squares);
    if (laying.colours) {
      const image = scratch.getImageData(0, 0, seen.width, seen.height);
      layBytes(image.data, { ...laying, opacity: 1 });
      scratch.putImageData(image, 0, 0);
    }
    drawInside(context, area, () => {
      if (matrix) context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
      context.globalAlpha = laying.opacity;
      context.drawImage(scratch.canvas, seen.x, seen.y);
    });
  }
}

/** The whole px around a rectangle that a matrix moved. */
function boundsThrough(matrix: DOMMatrix, { x, y, width, height }: Rect): Rect {
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ].map(([across, down]) => matrix.transformPoint({ x: across!, y: down! }));
  const left = Math.floor(Math.min(...corners.map((corner) => corner.x))) - 1;
  const top = Math.floor(Math.min(...corners.map((corner) => corner.y))) - 1;
  const right = Math.ceil(Math.max(...corners.map((corner) => corner.x))) + 1;
  const bottom = Math.ceil(Math.max(...corners.map((corner) => corner.y))) + 1;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
