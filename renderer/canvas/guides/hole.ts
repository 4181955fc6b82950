import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { GuideContent } from './guide.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Scene } from '../scene.ts';
import type { View } from '../../state/view.svelte.ts';
import { holeIn } from '../../../core/frames/hole.ts';

const LEGIBLE = 5; // CSS px; smaller cells get no lines between them
const FILL = 0.28; // opacity
const LINES = 0.55;

/** The tokens that the next fill will refill. */
export class HoleContent implements GuideContent {
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance({ fill }: OpenDocument): readonly unknown[] | null {
    const { editor, theme } = this.scene;
    return editor.preferences.showHole ? [fill.plans, theme.colours] : null;
  }

  draw(context: CanvasRenderingContext2D, { fill, current, view }: OpenDocument): void {
    for (const plan of fill.plans) {
      this.drawPlan(context, plan, holeIn(current.selection, plan).flags, view);
    }
  }

  private drawPlan(
    context: CanvasRenderingContext2D,
    { frame: { rect, columns, rows } }: FramePlan,
    cells: Uint8Array,
    view: View,
  ): void {
    const corner = view.toScreen(rect);
    const side = (rect.width / columns) * view.zoom; // CSS px
    const column = (index: number): number => Math.round(corner.x + index * side);
    const row = (index: number): number => Math.round(corner.y + index * side);
    const hole = new Path2D();
    for (const run of runsOf(cells, columns)) {
      const [x, y] = [column(run.from), row(run.row)];
      hole.rect(x, y, column(run.to) - x, row(run.row + 1) - y);
    }
    context.save();
    context.fillStyle = context.strokeStyle = this.scene.theme.colours.accent;
    context.globalAlpha = FILL;
    context.fill(hole);
    if (side >= LEGIBLE) {
      context.globalAlpha = LINES;
      context.clip(hole);
      context.lineWidth = 1;
      context.stroke(lattice(columns, rows, column, row));
    }
    context.restore();
  }
}

function lattice(
  columns: number,
  rows: number,
  column: (index: number) => number,
  row: (index: number) => number,
): Path2D {
  const lines = new Path2D();
  for (let i = 0; i <= columns; i++) {
    lines.moveTo(column(i) + 0.5, row(0));
    lines.lineTo(column(i) + 0.5, row(rows));
  }
  for (let i = 0; i <= rows; i++) {
    lines.moveTo(column(0), row(i) + 0.5);
    lines.lineTo(column(columns), row(i) + 0.5);
  }
  return lines;
}

/** A row's cells that lie side by side. */
interface Run {
  readonly row: number;
  readonly from: number; // column
  readonly to: number; // column after the last
}

/** The runs of cells that are 1, row by row. */
export function* runsOf(cells: Uint8Array, columns: number): Generator<Run> {
  for (let start = 0, row = 0; start < cells.length; start += columns, row++) {
    for (let from = 0; from < columns; from++) {
      if (cells[start + from] !== 1) continue;
      let to = from + 1;
      while (to < columns && cells[start + to] === 1) to++;
      yield { row, from, to };
      from = to;
    }
  }
}
