import { tokensAreSeen } from '../../state/tokens/tokensSeen.ts';
import type { Sketch } from '../../tools/tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { Layer, Module } from '../module.ts';
import type { Scene } from '../scene.ts';
import { TokenRings } from '../tokens/tokenRings.ts';
import { watch } from '../watch.svelte.ts';
import { BrushRing } from './brushRing.ts';
import { ModeBadge } from './modeBadge.ts';
import { drawSketch } from './drawSketch.ts';

const PACE = 80; // ms between steps of the marching ants
const STEP = 1; // CSS px
/** The kinds that are drawn here. */
const OUTLINES: ReadonlySet<Sketch['kind']> = new Set(['line', 'rectangle', 'ellipse', 'path']);
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** What the tool in the hand shows: the brush, or the outline of what is being drawn. */
export class SketchModule implements Module {
  readonly layer: Layer;
  shown = false;
  private readonly scene: Scene;
  private readonly ring: BrushRing;
  private readonly badge: ModeBadge;
  private readonly tokens: TokenRings;
  private readonly toolbox: Toolbox;
  private readonly stop: () => void;
  private sketches: readonly Sketch[] = [];
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
      if (view) for (const sketch of this.sketches) drawSketch(context, sketch, view, this.phase);
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
    const sketches = active ? this.toolbox.sketches() : [];
    if (active) {
      this.ring.show(sketches.find(isBrush), active.view);
      this.badge.show(sketches.find(isMode), active.view);
      this.tokens.show(active, sketches);
    }
    this.sketches = sketches.filter(({ kind }) => OUTLINES.has(kind));
    this.shown = this.sketches.length > 0;
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

function isBrush(sketch: Sketch): sketch is Extract<Sketch, { kind: 'brush' }> {
  return sketch.kind === 'brush';
}

function isMode(sketch: Sketch): sketch is Extract<Sketch, { kind: 'mode' }> {
  return sketch.kind === 'mode';
}

function seen({ editor }: Scene): unknown[] {
  const { active } = editor;
  if (!active) return [];
  const { view, tokenWork } = active;
  const tokens = tokensAreSeen(editor) && [tokenWork.hover, tokenWork.focus, tokenWork.sheet];
  return [view.zoom, view.centre, view.size, tokens];
}
