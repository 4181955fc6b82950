import { splitArea, splitLine, type Tint, tintOf } from './shown.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Scene } from '../scene.ts';
import type { RasterContent } from '../rasterLayer.ts';
import { PerDocument } from '../perDocument.ts';
import { TokenView } from './tokens.ts';
import { createSelectionPainter } from '../pyramid/selectionPainter.ts';
import { drawInside, drawSquares } from '../drawSquares.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import { type Built, Pyramid } from '../pyramid/pyramid.ts';
import { type Device, fromDevice, toDevice, wholeDevice } from '../device.ts';

const BUDGET = 9; // ms of building in a frame
const OPTIONS = { surfaces: 256, now: () => performance.now() }; // 64 MiB

/** The selection: its tint, or the tokens that a fill reveals in it. */
export class SelectionContent implements RasterContent {
  private readonly scene: Scene;
  private readonly painter = createSelectionPainter();
  private readonly pyramids = new PerDocument(() => new Pyramid(this.painter, OPTIONS));
  private readonly tokens = new TokenView();

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance(document: OpenDocument): readonly unknown[] {
    const { editor, theme } = this.scene;
    const { overlayColour, overlayOpacity } = editor.preferences;
    const { compare } = editor;
    const { job } = document.fill;
    return [overlayColour, overlayOpacity, this.tint(document), job, compare, theme.colours];
  }

  rasters({ selection }: OpenDocument): readonly unknown[] {
    return [selection];
  }

  shows(document: OpenDocument): boolean {
    return this.tint(document) !== 'none' && document.selection.tiles.size > 0;
  }

  touched(document: OpenDocument, rect: Rect): boolean {
    if (!document.live?.selection) return false;
    this.pyramids.of(document).touch(rect);
    return true;
  }

  build(document: OpenDocument, device: Device): Built {
    const pyramid = this.pyramids.of(document);
    pyramid.show(document.selection);
    return pyramid.build(fromDevice(device, wholeDevice(device)), device.scale, BUDGET);
  }

  paint(context: CanvasRenderingContext2D, document: OpenDocument, device: Device, area: Rect): void {
    const line = splitLine(this.scene.editor, device);
    // Nothing is selected in the original, but a person who paints there wants to see it.
    const part = line === null || document.live?.selection ? area : splitArea(area, line).right;
    if (this.tint(document) === 'tokens') this.paintTokens(context, document, device, part);
    else this.paintColour(context, document, device, part);
  }

  moving(document: OpenDocument): ReturnType<RasterContent['moving']> {
    return this.tint(document) === 'tokens' ? this.tokens.moving(document.fill) : null;
  }

  private tint(document: OpenDocument): Tint {
    return this.scene.editor.compare === 'original' ? 'none' : tintOf(document);
  }

  private paintColour(
    context: CanvasRenderingContext2D,
    document: OpenDocument,
    device: Device,
    area: Rect,
  ): void {
    const { overlayColour, overlayOpacity } = this.scene.editor.preferences;
    const seen = intersectRects(toDevice(device, document.current.canvas), area);
    this.paintThrough(context, document, device, seen, () => {
      context.globalAlpha = overlayOpacity;
      context.fillStyle = overlayColour;
      context.fillRect(seen.x, seen.y, seen.width, seen.height);
    });
  }

  /** Only inside what each frame is for, so that nothing looks as if it would change that will not. */
  private paintTokens(
    context: CanvasRenderingContext2D,
    document: OpenDocument,
    device: Device,
    area: Rect,
  ): void {
    for (const { plan, grid } of this.tokens.views(document.fill, this.scene.theme.colours.accent)) {
      const seen = intersectRects(toDevice(device, plan.bounds), area);
      this.paintThrough(context, document, device, seen, () => {
        context.imageSmoothingEnabled = false;
        const { x, y, width, height } = toDevice(device, plan.frame.rect);
        context.drawImage(grid, x, y, width, height);
      });
    }
  }

  /** Draws something as far as it is selected. */
  private paintThrough(
    context: CanvasRenderingContext2D,
    document: OpenDocument,
    device: Device,
    area: Rect,
    draw: () => void,
  ): void {
    if (isEmptyRect(area)) return;
    drawInside(context, area, () => {
      drawSquares(
        context,
        device,
        this.pyramids.of(document).squares(fromDevice(device, area), device.scale),
      );
      context.globalCompositeOperation = 'source-in';
      draw();
    });
  }
}
