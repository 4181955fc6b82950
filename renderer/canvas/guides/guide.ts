import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Layer, Module } from '../module.ts';
import type { Scene } from '../scene.ts';
import { watch } from '../watch.svelte.ts';

/** Something that lies over the picture and is drawn anew whenever it or the view changes. */
export interface GuideContent {
  /** All that decides how it looks, besides the view; reads state. Null: it is not shown. */
  appearance(document: OpenDocument): readonly unknown[] | null;
  /** The context counts in CSS px. */
  draw(context: CanvasRenderingContext2D, document: OpenDocument): void;
}

/** One guide on the layer of guides. */
export class Guide implements Module {
  readonly layer: Layer;
  shown = false;
  private readonly content: GuideContent;
  private readonly scene: Scene;
  private readonly stop: () => void;

  constructor(scene: Scene, content: GuideContent) {
    this.scene = scene;
    this.content = content;
    const { editor, stage, repainter } = scene;
    this.layer = stage.guides;
    stage.guides.add((context) => {
      if (editor.active && this.shown) content.draw(context, editor.active);
    });
    this.stop = watch(
      () => {
        const { active } = editor;
        const shown = active && content.appearance(active);
        if (!active || !shown) return null;
        const { zoom, centre, size } = active.view;
        return [active, zoom, centre, size, ...shown];
      },
      () => {
        repainter.request(this);
      },
    );
  }

  /** Draws it again: something changed that is no state. */
  refresh(): void {
    this.scene.repainter.request(this);
  }

  render(): null {
    const { active } = this.scene.editor;
    this.shown = active !== null && this.content.appearance(active) !== null;
    return null;
  }

  destroy(): void {
    this.stop();
  }
}
