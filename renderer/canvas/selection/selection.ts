import type { Rect } from '../../../core/pixels/picture.ts';
import { intersectRects } from '../../../core/pixels/rect.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { fromDevice, toDevice, type Device } from '../device.ts';
import { drawInside, drawPieces } from '../drawPieces.ts';
import { Pyramid, type Piece } from '../pyramid/pyramid.ts';
import { createSelectionPainter } from '../pyramid/selectionPainter.ts';
import type { Surface } from '../pyramid/surface.ts';
import type { Scene } from '../scene.ts';
import { NOTHING, type Painting, type SheetContent } from '../sheet.ts';
import { tintOf } from './tint.ts';
import { TokenView } from './tokens.ts';

const PACE = 50; // ms between frames of the light that runs over missing tokens
const BUDGET = 7; // ms of building in a frame
const OPTIONS = { surfaces: 256, now: () => performance.now() }; // 64 MiB

/** The selection: its tint, or the tokens that a fill reveals in it. */
export class SelectionContent implements SheetContent {
  private readonly scene: Scene;
  private readonly pyramid = new Pyramid(createSelectionPainter(), OPTIONS);
  private readonly tokens = new TokenView();

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance(document: OpenDocument): readonly unknown[] {
    const { editor, theme } = this.scene;
    const { overlayColour, overlayOpacity } = editor.preferences;
    const { selection, fill } = document;
    return [selection, overlayColour, overlayOpacity, this.tint(document), fill.job, theme.colours];
  }

  forget(): void {
    this.pyramid.clear();
  }

  touched({ live }: OpenDocument, rect: Rect): boolean {
    if (!live?.selection) return false;
    this.pyramid.touch(rect);
    return true;
  }

  paint(document: OpenDocument, device: Device, area: Rect, time: number): Painting {
    const tint = this.tint(document);
    if (tint === 'none' || document.selection.tiles.size === 0) return NOTHING;
    this.pyramid.show(document.selection);
    const { pieces, complete } = this.pyramid.compose(fromDevice(device, area), device.scale, BUDGET);
    const { draw, again } =
      tint === 'tokens'
        ? this.paintTokens(document, device, pieces, time)
        : this.paintTint(document, device, pieces, area);
    return { draw, again: complete ? again : 0 };
  }

  private tint(document: OpenDocument): ReturnType<typeof tintOf> {
    return this.scene.editor.compare === 'original' ? 'none' : tintOf(document);
  }

  private paintTint(document: OpenDocument, device: Device, pieces: Pieces, area: Rect): Painting {
    const { overlayColour, overlayOpacity } = this.scene.editor.preferences;
    const seen = intersectRects(toDevice(device, document.current.canvas), area);
    const draw = (context: CanvasRenderingContext2D): void => {
      drawInside(context, seen, () => {
        drawPieces(context, device, pieces);
        context.globalCompositeOperation = 'source-in';
        context.globalAlpha = overlayOpacity;
        context.fillStyle = overlayColour;
        context.fillRect(seen.x, seen.y, seen.width, seen.height);
      });
    };
    return { draw, again: null };
  }

  /** Only inside what each frame is for, so that nothing looks as if it would change that will not. */
  private paintTokens({ fill }: OpenDocument, device: Device, pieces: Pieces, time: number): Painting {
    const views = this.tokens.views(fill, this.scene.theme.colours.accent, time);
    const draw = (context: CanvasRenderingContext2D): void => {
      for (const { plan, grid } of views) {
        drawInside(context, toDevice(device, plan.bounds), () => {
          drawPieces(context, device, pieces);
          context.globalCompositeOperation = 'source-in';
          context.imageSmoothingEnabled = false;
          const { x, y, width, height } = toDevice(device, plan.frame.rect);
          context.drawImage(grid, x, y, width, height);
        });
      }
    };
    return { draw, again: views.some(({ moves }) => moves) ? PACE : null };
  }
}

type Pieces = readonly Piece<Surface>[];
