import { extendRect, type Margins, type Rect } from '../../core/base/geometry.ts';
import { extendBy } from '../commands/canvas/extend.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { RATIOS } from '../state/ratios.ts';
import { type Drag, DragTool } from './drag.ts';
import { cursorFor, type Edges } from './frame/handles.ts';
import type { Overlay, PointerInput } from './tool.ts';

const REACH = 12; // CSS px inside an edge that still are the edge
const ATTRACTION = 8; // CSS px within which a ratio attracts the edge

/**
 * Extends the picture by dragging its edges, or from anywhere outside them: what is added is empty and selected. With Alt
 * the side across goes along. Common ratios attract the edge.
 */
export class ExtendTool extends DragTool<Edges> {
  readonly id = 'extend';

  cursor(): string {
    const document = this.editor.active;
    if (!document || !this.pointer) return 'default';
    const edges = this.drag?.held ?? edgesAt(document, this.pointer);
    return edges ? cursorFor(edges) : 'default';
  }

  protected hold(document: OpenDocument, input: PointerInput): Edges | null {
    return edgesAt(document, input);
  }

  protected drop(drag: Drag<Edges>, clicked: boolean): void {
    if (!clicked) extendBy(this.editor, marginsOf(drag));
  }

  protected override drawn(drag: Drag<Edges>): Overlay[] {
    return [{ kind: 'canvas', rect: extendRect(drag.document.current.canvas, marginsOf(drag)) }];
  }
}

/** Which edges of the picture a pointer takes hold of; null well inside. */
export function edgesAt({ current: { canvas }, view }: OpenDocument, { screen }: PointerInput): Edges | null {
  const { x, y } = view.toScreen(canvas);
  const side = (at: number, length: number): Edges['x'] =>
    at < Math.min(REACH, length / 3) ? -1 : at > length - Math.min(REACH, length / 3) ? 1 : 0;
  const edges = {
    x: side(screen.x - x, canvas.width * view.zoom),
    y: side(screen.y - y, canvas.height * view.zoom),
  };
  return edges.x === 0 && edges.y === 0 ? null : edges;
}

function marginsOf({ document, held: edges, from, to }: Drag<Edges>): Margins {
  const { canvas } = document.current;
  const out = {
    x: Math.max(0, Math.round(edges.x * (to.x - from.x))),
    y: Math.max(0, Math.round(edges.y * (to.y - from.y))),
  };
  const sides = to.alt ? 2 : 1;
  if (edges.x === 0 || edges.y === 0) attract(canvas, edges, out, sides, ATTRACTION / document.view.zoom);
  return {
    left: edges.x < 0 || (to.alt && edges.x > 0) ? out.x : 0,
    right: edges.x > 0 || (to.alt && edges.x < 0) ? out.x : 0,
    top: edges.y < 0 || (to.alt && edges.y > 0) ? out.y : 0,
    bottom: edges.y > 0 || (to.alt && edges.y < 0) ? out.y : 0,
  };
}

/** Changes how far one edge is out to what makes a common ratio, where that is near. */
function attract(
  { width, height }: Rect,
  edges: Edges,
  out: { x: number; y: number },
  sides: number,
  reach: number, // document px
): void {
  for (const { value } of RATIOS) {
    if (typeof value !== 'number') continue;
    if (edges.x !== 0 && near(out.x, (height * value - width) / sides, reach))
      out.x = Math.round((height * value - width) / sides);
    if (edges.y !== 0 && near(out.y, (width / value - height) / sides, reach))
      out.y = Math.round((width / value - height) / sides);
  }
}

function near(value: number, wanted: number, reach: number): boolean {
  return wanted > 0 && Math.abs(value - wanted) <= reach;
}
