import Konva from 'konva/lib/Core.js';
import type { Sketch } from '../../tools/tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { Module } from '../module.ts';
import type { Scene } from '../scene.ts';
import { watch } from '../watch.svelte.ts';
import { drawSketch } from './drawSketch.ts';

const PACE = 80; // ms between steps of the marching ants
const STEP = 1; // CSS px
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** What the tool in the hand shows: the brush, or the outline of what is being drawn. */
export class SketchModule implements Module {
  readonly layer = 'pointer';
  private readonly toolbox: Toolbox;
  private readonly shape: Konva.Shape;
  private readonly stop: () => void;
  private sketches: readonly Sketch[] = [];
  private phase = 0; // CSS px

  constructor(scene: Scene, toolbox: Toolbox) {
    const { editor } = scene;
    this.toolbox = toolbox;
    this.shape = new Konva.Shape({
      sceneFunc: ({ _context }) => {
        const view = editor.active?.view;
        if (view) for (const sketch of this.sketches) drawSketch(_context, sketch, view, this.phase);
      },
    });
    scene.stage.layers.pointer.add(this.shape);
    this.stop = watch(
      () => [
        editor.tools.active,
        editor.tools.size,
        editor.tools.hardness,
        editor.cancelGesture,
        ...seen(scene),
      ],
      () => {
        scene.repainter.request(this);
      },
    );
  }

  render(time: number): number | null {
    this.sketches = this.toolbox.sketches();
    const marches = !STILL.matches && this.sketches.some(({ kind }) => kind !== 'brush');
    this.phase = marches ? Math.floor(time / PACE) * STEP : 0;
    return marches ? PACE : null;
  }

  destroy(): void {
    this.stop();
  }
}

function seen({ editor }: Scene): unknown[] {
  const view = editor.active?.view;
  return view ? [view.zoom, view.centre, view.size] : [];
}
