import type { Rect } from '../../../core/base/geometry.ts';
import type { Colours } from '../theme.svelte.ts';

const CELL = 8; // CSS px

/** What stands under transparent pixels; the same size at every zoom, and fixed to the picture's corner. */
export class Checkerboard {
  private pattern: CanvasPattern | null = null;
  private made = '';

  draw(context: CanvasRenderingContext2D, area: Rect, ratio: number, checker: Colours['checker']): void {
    const key = `${ratio} ${checker.join(' ')}`;
    if (key !== this.made) {
      this.pattern = context.createPattern(makeTile(Math.round(CELL * ratio), checker), 'repeat');
      this.made = key;
    }
    context.save();
    context.translate(area.x, area.y);
    context.fillStyle = this.pattern!;
    context.fillRect(0, 0, area.width, area.height);
    context.restore();
  }
}

function makeTile(cell: number, [first, second]: Colours['checker']): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 2 * cell;
  const context = canvas.getContext('2d')!;
  context.fillStyle = first;
  context.fillRect(0, 0, 2 * cell, 2 * cell);
  context.fillStyle = second;
  context.fillRect(0, 0, cell, cell);
  context.fillRect(cell, cell, cell, cell);
  return canvas;
}
