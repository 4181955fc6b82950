import type { Rect } from '../../core/base/geometry.ts';
import { toDevice, type Device } from './device.ts';
import type { ShownSquare } from './pyramid/pyramid.ts';
import type { Surface } from './pyramid/surface.ts';

const SHARP_ZOOM = 2; // from here on pixels are squares

/** Draws squares of a pyramid; the context counts in device px. */
export function drawSquares(
  context: CanvasRenderingContext2D,
  device: Device,
  squares: readonly ShownSquare<Surface>[],
): void {
  context.imageSmoothingEnabled = device.scale < SHARP_ZOOM * device.ratio;
  for (const { surface, from, to } of squares) {
    const { x, y, width, height } = toDevice(device, to);
    context.drawImage(surface.canvas, from.x, from.y, from.width, from.height, x, y, width, height);
  }
}

/** Lets `draw` draw inside a rectangle and nowhere else. */
export function drawInside(context: CanvasRenderingContext2D, area: Rect, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  draw();
  context.restore();
}
