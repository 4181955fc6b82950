import type { Rect } from '../../core/base/geometry.ts';
import { intersectRects, isEmptyRect } from '../../core/base/geometry.ts';
import type { Device } from './device.ts';

const SIDE = 512; // device px, at most

interface Cell {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly rect: Rect; // device px
}

/**
 * A bitmap as large as the view, in cells. Where there is no graphics card a canvas that changed anywhere is copied to the
 * screen as a whole (10 ms at 1920 x 1080); a brush changes one or two cells.
 */
export class CanvasGrid {
  private readonly element = document.createElement('div');
  private cells: readonly Cell[] = [];
  private size = '';

  constructor(parent: HTMLElement) {
    this.element.className = 'cells';
    parent.append(this.element);
  }

  /** Makes them cover the view; says whether they are new, and blank. */
  fit({ width, height, ratio }: Device): boolean {
    const size = `${width} ${height} ${ratio}`;
    if (size === this.size) return false;
    this.size = size;
    this.cells = layOut(width, height).map((rect) => createCell(rect, ratio));
    this.element.replaceChildren(...this.cells.map(({ canvas }) => canvas));
    return true;
  }

  show(shown: boolean): void {
    this.element.hidden = !shown;
  }

  /** Draws an area (device px) anew, part by part as cells have them; the contexts count in device px of the whole. */
  draw(area: Rect, draw: (context: CanvasRenderingContext2D, part: Rect) => void): void {
    for (const { context, rect } of this.cells) {
      const part = intersectRects(area, rect);
      if (isEmptyRect(part)) continue;
      const { x, y, width, height } = part;
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      context.clearRect(x, y, width, height);
      draw(context, part);
      context.restore();
    }
  }

  destroy(): void {
    this.element.remove();
  }
}

/** Cells of about the same size that cover a bitmap, row by row. */
export function layOut(width: number, height: number): Rect[] {
  const rows = cuts(height);
  return rows.flatMap((y, row) =>
    cuts(width).map((x, column) => ({
      x,
      y,
      width: (cuts(width)[column + 1] ?? width) - x,
      height: (rows[row + 1] ?? height) - y,
    })),
  );
}

/** Where the parts of a length begin. */
function cuts(length: number): number[] {
  const count = Math.ceil(length / SIDE);
  return Array.from({ length: count }, (_, index) => Math.round((index * length) / count));
}

function createCell(rect: Rect, ratio: number): Cell {
  const canvas = document.createElement('canvas');
  canvas.width = rect.width;
  canvas.height = rect.height;
  canvas.style.left = `${rect.x / ratio}px`;
  canvas.style.top = `${rect.y / ratio}px`;
  canvas.style.width = `${rect.width / ratio}px`;
  canvas.style.height = `${rect.height / ratio}px`;
  const context = canvas.getContext('2d')!;
  context.translate(-rect.x, -rect.y);
  return { canvas, context, rect };
}
