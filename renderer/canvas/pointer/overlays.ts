import type { CombineMode } from '../../state/tools.svelte.ts';
import type { Layer, Module } from '../module.ts';
import type { Scene } from '../scene.ts';
import type { Overlay } from '../../tools/tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { View } from '../../state/view.svelte.ts';
import { TokenRings } from '../tokens/tokenRings.ts';
import { drawOverlay } from './drawOverlay.ts';
import { tokensAreSeen } from '../../state/tokens/tokensSeen.ts';
import { translated } from '../../state/texts.svelte.ts';
import { watch } from '../watch.svelte.ts';

const PACE = 80; // ms between steps of the marching ants
const STEP = 1; // CSS px
/** The kinds that are drawn here. */
const OUTLINES: ReadonlySet<Overlay['kind']> = new Set(['line', 'rectangle', 'ellipse', 'path']);
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** What the current tool shows: the brush, or the outline of what is being drawn. */
export class OverlayModule implements Module {
  readonly layer: Layer;
  shown = false;
  private readonly scene: Scene;
  private readonly ring: BrushRing;
  private readonly badge: ModeBadge;
  private readonly tokens: TokenRings;
  private readonly toolbox: Toolbox;
  private readonly stop: () => void;
  private overlays: readonly Overlay[] = [];
  private phase = 0; // CSS px

  constructor(scene: Scene, toolbox: Toolbox, host: HTMLElement) {
    this.scene = scene;
    this.ring = new BrushRing(host);
    this.badge = new ModeBadge(host);
    this.tokens = new TokenRings(host, scene);
    const { editor } = scene;
    this.toolbox = toolbox;
    this.layer = scene.stage.pointer;
    scene.stage.pointer.add((context) => {
      const view = editor.active?.view;
      if (view) for (const overlay of this.overlays) drawOverlay(context, overlay, view, this.phase);
    });
    this.stop = watch(
      () => [
        editor.tools.active,
        editor.tools.size,
        editor.tools.hardness,
        editor.tokenTools.width,
        editor.gesture,
        ...seen(scene),
      ],
      () => {
        scene.repainter.request(this);
      },
    );
  }

  render(time: number): number | null {
    const { active } = this.scene.editor;
    const overlays = active ? this.toolbox.overlays() : [];
    if (active) {
      this.ring.show(overlays.find(isBrush), active.view);
      this.badge.show(overlays.find(isMode) ?? overlays.find(isNote), active.view);
      this.tokens.show(active, overlays);
    }
    this.overlays = overlays.filter(({ kind }) => OUTLINES.has(kind));
    this.shown = this.overlays.length > 0;
    this.phase = STILL.matches ? 0 : Math.floor(time / PACE) * STEP;
    return this.shown && !STILL.matches ? PACE : null;
  }

  destroy(): void {
    this.stop();
    this.ring.destroy();
    this.badge.destroy();
    this.tokens.destroy();
  }
}

function isBrush(overlay: Overlay): overlay is Extract<Overlay, { kind: 'brush' }> {
  return overlay.kind === 'brush';
}

type Mode = Extract<Overlay, { kind: 'mode' }>;
type Note = Extract<Overlay, { kind: 'note' }>;

function isMode(overlay: Overlay): overlay is Mode {
  return overlay.kind === 'mode';
}

function isNote(overlay: Overlay): overlay is Note {
  return overlay.kind === 'note';
}

function seen({ editor }: Scene): unknown[] {
  const { active } = editor;
  if (!active) return [];
  const { view, tokenWork } = active;
  const tokens = tokensAreSeen(editor) && [tokenWork.hover, tokenWork.focus, tokenWork.frameTokens];
  return [view.zoom, view.centre, view.size, tokens];
}

const SIGNS: Readonly<Record<CombineMode, string>> = { replace: '', add: '+', subtract: '−', intersect: '∩' };
const AWAY = 8; // CSS px from the pointer

/** The sign beside the pointer that says how what is begun now meets the selection, or why nothing can be begun. */
class ModeBadge {
  private readonly badge = document.createElement('div');

  constructor(parent: HTMLElement) {
    this.badge.className = 'mode-badge';
    this.badge.hidden = true;
    this.badge.setAttribute('aria-hidden', 'true');
    parent.append(this.badge);
  }

  show(overlay: Mode | Note | undefined, view: Pick<View, 'toScreen'>): void {
    const { badge } = this;
    badge.hidden = overlay === undefined;
    if (!overlay) return;
    const { x, y } = view.toScreen(overlay.at);
    const isNote = overlay.kind === 'note';
    badge.classList.toggle('note', isNote);
    badge.textContent = isNote ? translated(overlay.text) : SIGNS[overlay.mode];
    badge.style.transform = `translate(${Math.round(x) + AWAY}px, ${Math.round(y) + AWAY}px)`;
  }

  destroy(): void {
    this.badge.remove();
  }
}

const SMALL = 4; // CSS px; a smaller brush gets a cross, or it could not be seen

/**
 * The circle of the brush. It is an element of its own and no part of a layer, because it moves with every move of the
 * pointer: a layer would be drawn and sent to the screen as a whole each time.
 */
class BrushRing {
  private readonly ring = document.createElement('div');
  private readonly core = document.createElement('div');

  constructor(parent: HTMLElement) {
    this.ring.className = 'brush-ring';
    this.ring.hidden = true;
    this.ring.append(this.core);
    parent.append(this.ring);
  }

  show(brush: Extract<Overlay, { kind: 'brush' }> | undefined, view: Pick<View, 'zoom' | 'toScreen'>): void {
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
