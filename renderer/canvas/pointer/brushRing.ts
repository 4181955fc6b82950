import type { Sketch } from '../../tools/tool.ts';
import type { View } from '../../state/view.svelte.ts';

const SMALL = 4; // CSS px; a smaller brush gets a cross, or it could not be seen

/**
 * The circle of the brush. It is an element of its own and no part of a layer, because it moves with every move of the
 * pointer: a layer would be drawn and sent to the screen as a whole each time.
 */
export class BrushRing {
  private readonly ring = document.createElement('div');
  private readonly core = document.createElement('div');

  constructor(parent: HTMLElement) {
    this.ring.className = 'brush-ring';
    this.ring.hidden = true;
    this.ring.append(this.core);
    parent.append(this.ring);
  }

  show(brush: Extract<Sketch, { kind: 'brush' }> | undefined, view: Pick<View, 'zoom' | 'toScreen'>): void {
    const { ring, core } = this;
    ring.hidden = brush === undefined;
    if (!brush) return;
    const { x, y } = view.toScreen(brush.centre);
    const radius = (brush.size * view.zoom) / 2;
    const inner = radius * brush.hardness;
    ring.style.width = ring.style.height = `${2 * radius}px`;
    ring.style.transform = `translate(${x - radius}px, ${y - radius}px)`;
    ring.classList.toggle('small', radius < SMALL);
    core.hidden = inner < SMALL || radius - inner < SMALL;
    core.style.inset = `${radius - inner}px`;
  }

  destroy(): void {
    this.ring.remove();
  }
}
