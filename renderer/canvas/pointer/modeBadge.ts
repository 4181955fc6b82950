import type { CombineMode } from '../../state/tools.svelte.ts';
import type { View } from '../../state/view.svelte.ts';
import type { Sketch } from '../../tools/tool.ts';

const SIGNS: Readonly<Record<CombineMode, string>> = { replace: '', add: '+', subtract: '−', intersect: '∩' };
const AWAY = 8; // CSS px from the pointer

/** The sign beside the pointer that says how what is begun now meets the selection. */
export class ModeBadge {
  private readonly badge = document.createElement('div');

  constructor(parent: HTMLElement) {
    this.badge.className = 'mode-badge';
    this.badge.hidden = true;
    this.badge.setAttribute('aria-hidden', 'true');
    parent.append(this.badge);
  }

  show(sketch: Extract<Sketch, { kind: 'mode' }> | undefined, view: Pick<View, 'toScreen'>): void {
    const { badge } = this;
    badge.hidden = sketch === undefined;
    if (!sketch) return;
    const { x, y } = view.toScreen(sketch.at);
    badge.textContent = SIGNS[sketch.mode];
    badge.style.transform = `translate(${Math.round(x) + AWAY}px, ${Math.round(y) + AWAY}px)`;
  }

  destroy(): void {
    this.badge.remove();
  }
}
