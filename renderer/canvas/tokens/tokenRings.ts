import type { Rect } from '../../../core/base/geometry.ts';
import { cellRect } from '../../../core/frames/cellRects.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { frameSeen, tokensAreSeen } from '../../state/tokens/tokensSeen.ts';
import type { View } from '../../state/view.svelte.ts';
import type { Overlay } from '../../tools/tool.ts';
import type { Scene } from '../scene.ts';

/**
 * The outlines of the tokens under the pointer and of the one that the keyboard is at. They are elements of their own,
 * because they move with every move of the pointer: a layer would be drawn anew each time.
 */
export class TokenRings {
  private readonly scene: Scene;
  private readonly hover = createRing('token-ring');
  private readonly focus = createRing('token-ring focus');

  constructor(parent: HTMLElement, scene: Scene) {
    this.scene = scene;
    parent.append(this.hover, this.focus);
  }

  /** What the current tool covers comes first; any other tool has one token under it. */
  show(document: OpenDocument, overlays: readonly Overlay[]): void {
    const { editor } = this.scene;
    const frame = tokensAreSeen(editor) ? frameSeen(editor, document) : null;
    const { hover, focus } = document.tokenWork;
    const own = overlays.find((overlay) => overlay.kind === 'footprint')?.rect;
    place(this.hover, own ?? (frame && hover !== null ? cellRect(frame, hover) : null), document.view);
    place(this.focus, frame && focus !== null ? cellRect(frame, focus) : null, document.view);
  }

  destroy(): void {
    this.hover.remove();
    this.focus.remove();
  }
}

function createRing(className: string): HTMLElement {
  const ring = document.createElement('div');
  ring.className = className;
  ring.hidden = true;
  return ring;
}

function place(ring: HTMLElement, rect: Rect | null, view: Pick<View, 'zoom' | 'toScreen'>): void {
  ring.hidden = rect === null;
  if (!rect) return;
  const from = view.toScreen(rect);
  const [x, y] = [Math.round(from.x), Math.round(from.y)];
  ring.style.transform = `translate(${x}px, ${y}px)`;
  ring.style.width = `${Math.round(from.x + rect.width * view.zoom) - x}px`;
  ring.style.height = `${Math.round(from.y + rect.height * view.zoom) - y}px`;
}
