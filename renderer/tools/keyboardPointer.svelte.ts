import type { Rect } from '../../core/base/geometry.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { ToolId } from '../state/tools.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import type { Overlay, PointerInput } from './tool.ts';

const STEP = 8; // CSS px that an arrow goes
const FAST = 5; // times that with Shift
const REACH = 9; // CSS px of the cross, to each side

/** Tools that are clicked with; the others are held down from one press to the next. */
const CLICKED: ReadonlySet<ToolId> = new Set(['wand', 'colour', 'polygon']);

export function isClicked(id: ToolId | 'float'): boolean {
  return id !== 'float' && CLICKED.has(id);
}

/** A pointer that arrow keys move, for tools that work on pixels. It is there once it was asked for. */
export class KeyboardPointer {
  at = $state.raw<Point | null>(null); // document px

  /** Shows it where the pointer is, or in the middle of what is seen. Says whether it was away. */
  show(document: OpenDocument, pointer: Point | null): boolean {
    if (this.at) return false;
    this.at = pointer ?? document.view.centre;
    return true;
  }

  hide(): void {
    this.at = null;
  }

  move({ view }: OpenDocument, step: Point, fast: boolean): void {
    if (!this.at) return;
    const far = (STEP * (fast ? FAST : 1)) / view.zoom;
    this.at = { x: this.at.x + step.x * far, y: this.at.y + step.y * far };
    view.panInto(around(this.at, (2 * REACH) / view.zoom));
  }

  input({ view }: OpenDocument, held: boolean): PointerInput | null {
    if (!this.at) return null;
    return {
      ...this.at,
      screen: view.toScreen(this.at),
      pressure: 1,
      shift: false,
      alt: false,
      buttons: held ? 1 : 0,
      time: performance.now(),
    };
  }

  overlays({ view }: OpenDocument): readonly Overlay[] {
    if (!this.at) return [];
    const { x, y } = this.at;
    const reach = REACH / view.zoom;
    return [
      { kind: 'line', from: { x: x - reach, y }, to: { x: x + reach, y } },
      { kind: 'line', from: { x, y: y - reach }, to: { x, y: y + reach } },
    ];
  }
}

function around({ x, y }: Point, reach: number): Rect {
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}
