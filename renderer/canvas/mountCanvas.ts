import './canvas.css';
import type { Editor } from '../state/editor.svelte.ts';
import { tokensAreSeen } from '../state/tokens/tokensSeen.ts';
import { Toolbox } from '../tools/toolbox.ts';
import { CompareHandle } from './compare/compareHandle.ts';
import { FloatContent, FloatOutline, followFloating } from './float/float.ts';
import { CropContent } from './guides/crop.ts';
import { ExtendContent } from './guides/extend.ts';
import { FramesContent } from './guides/frames.ts';
import { Guide } from './guides/guide.ts';
import { HoleContent } from './guides/hole.ts';
import { PixelGridContent } from './guides/pixelGrid.ts';
import { RulersContent } from './guides/rulers.ts';
import { HostElement } from './hostElement.ts';
import { bindArrows } from './input/arrows.ts';
import { PointerBinding } from './input/pointer.ts';
import { Layered } from './layered.ts';
import { PictureContent } from './picture/picture.ts';
import { OverlayModule } from './pointer/overlays.ts';
import { Repainter, windowFrames } from './repainter.ts';
import type { Scene } from './scene.ts';
import { SelectionContent } from './selection/selection.ts';
import { RasterLayer } from './rasterLayer.ts';
import { Sizing } from './sizing.ts';
import { CanvasStage } from './stage.ts';
import { Theme } from './theme.svelte.ts';
import { followHover, followPointer } from './tokens/followHover.ts';
import { TokenContent } from './tokens/tokenContent.ts';
import { watch } from './watch.svelte.ts';

/** Shows the active document in an element, and lets the tools work on it. */
export function mountCanvas(host: HTMLElement, editor: Editor): { destroy(): void } {
  const element = new HostElement(host, editor);
  const stage = new CanvasStage(element.stage);
  const repainter = new Repainter(windowFrames);
  const scene: Scene = { editor, stage, repainter, theme: new Theme() };
  const toolbox = new Toolbox(editor);

  const content = new Layered([new PictureContent(scene), new TokenContent(scene, toolbox)]);
  const picture = new RasterLayer(scene, content, element.layers);
  const floating = new RasterLayer(scene, new FloatContent(), element.layers);
  const selection = new RasterLayer(scene, new SelectionContent(scene), element.layers);
  const pixelGrid = new Guide(scene, new PixelGridContent(scene));
  const hole = new Guide(scene, new HoleContent(scene));
  const frames = new Guide(scene, new FramesContent(scene, toolbox));
  const crop = new Guide(scene, new CropContent(scene, toolbox));
  const extend = new Guide(scene, new ExtendContent(scene, toolbox));
  const outline = new Guide(scene, new FloatOutline(scene));
  const rulers = new Guide(scene, new RulersContent(scene));
  const overlays = new OverlayModule(scene, toolbox, host);
  const compare = new CompareHandle(host, editor);

  const showTools = (): void => {
    host.style.cursor = toolbox.current.cursor();
    repainter.request(overlays);
    if (tokensAreSeen(editor)) repainter.request(picture);
    if (toolbox.isBusy && toolbox.current.id === 'frame') frames.refresh();
    if (toolbox.isBusy && toolbox.current.id === 'crop') crop.refresh();
    if (toolbox.isBusy && toolbox.current.id === 'extend') extend.refresh();
  };
  const pointer = new PointerBinding(host, editor, toolbox, showTools);
  const stopArrows = bindArrows(host, editor, toolbox, showTools);
  const stopFollowing = followTools(editor, toolbox, pointer, showTools);
  const stopPointer = followPointer(editor);
  const stopHover = followHover(editor);
  const stopFloating = followFloating(editor, host);
  const sizing = new Sizing(host, scene);

  const parts = [
    picture,
    floating,
    selection,
    pixelGrid,
    hole,
    frames,
    crop,
    extend,
    outline,
    rulers,
    overlays,
    compare,
    pointer,
    sizing,
  ];
  return {
    destroy() {
      toolbox.cancel();
      stopArrows();
      stopFollowing();
      stopPointer();
      stopHover();
      stopFloating();
      for (const part of parts) part.destroy();
      repainter.destroy();
      scene.theme.destroy();
      stage.destroy();
      element.destroy();
    },
  };
}

/** What is under way is given up when another tool or document is chosen; the overlays follow the view and the keys. */
function followTools(
  editor: Editor,
  toolbox: Toolbox,
  pointer: PointerBinding,
  showTools: () => void,
): () => void {
  const stops = [
    watch(
      () => [editor.tools.chosen, editor.active],
      () => {
        toolbox.cancel();
      },
    ),
    watch(
      () => {
        const view = editor.active?.view;
        return [view?.zoom, view?.centre, view?.size];
      },
      () => {
        pointer.viewMoved();
      },
    ),
    watch(
      () => [editor.tools.active, editor.gesture, editor.active?.floating?.source, toolbox.keys.at],
      showTools,
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
