import type { Editor } from '../../state/editor.svelte.ts';
import type { GuideContent } from '../guides/guide.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Scene } from '../scene.ts';
import type { RasterContent } from '../rasterLayer.ts';
import { RULER } from '../guides/rulers.ts';
import { canvasWithFloating } from '../../state/floating.ts';
import { createPicturePainter } from '../pyramid/picturePainter.ts';
import { dashedOutline, onScreen, outline } from '../guides/outline.ts';
import { drawInside, drawSquares } from '../drawSquares.ts';
import { drawLabel } from '../guides/label.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import { type Built, Pyramid } from '../pyramid/pyramid.ts';
import { type Device, fromDevice, toDevice, wholeDevice } from '../device.ts';
import { type Piece, pieceRect } from '../../../core/document/piece.ts';
import { watch } from '../watch.svelte.ts';

const BUDGET = 9; // ms of building in a frame
const OPTIONS = { surfaces: 512, now: () => performance.now() }; // 128 MiB

/** The floating selection, where it lies by now. */
export class FloatContent implements RasterContent {
  private readonly pyramid = new Pyramid(createPicturePainter(), OPTIONS);
  private drawn: Piece | null = null;

  appearance({ floating }: OpenDocument): readonly unknown[] {
    return [floating?.raster];
  }

  rasters({ floating }: OpenDocument): readonly unknown[] {
    return [floating];
  }

  shows({ floating }: OpenDocument): boolean {
    if (floating === null && this.drawn !== null) {
      this.pyramid.clear(); // it may hold much
      this.drawn = null;
    }
    return floating !== null;
  }

  touched(): boolean {
    return false;
  }

  build({ floating }: OpenDocument, device: Device): Built {
    const piece = floating!;
    if (piece.raster !== this.drawn?.raster) this.pyramid.clear();
    this.pyramid.show(piece.raster);
    const own = deviceOfSelection(piece, device);
    const { improved, complete } = this.pyramid.build(
      fromDevice(own, wholeDevice(own)),
      device.scale,
      BUDGET,
    );
    const moved = this.drawn?.x !== piece.x || this.drawn.y !== piece.y;
    const before = moved && this.drawn ? [pieceRect(this.drawn)] : [];
    const now = moved ? [pieceRect(piece)] : improved.map((rect) => placed(piece, rect));
    this.drawn = piece;
    return { improved: [...before, ...now], complete };
  }

  paint(context: CanvasRenderingContext2D, { floating }: OpenDocument, device: Device, area: Rect): void {
    const piece = floating!;
    const seen = intersectRects(area, toDevice(device, pieceRect(piece)));
    if (isEmptyRect(seen)) return;
    const own = deviceOfSelection(piece, device);
    drawInside(context, seen, () => {
      drawSquares(context, own, this.pyramid.squares(fromDevice(own, seen), device.scale));
    });
  }

  moving(): null {
    return null;
  }
}

/** How the px of a floating selection lie on the bitmap. */
function deviceOfSelection({ raster: { rect }, x, y }: Piece, device: Device): Device {
  return {
    ...device,
    x: device.x + (x - rect.x) * device.scale,
    y: device.y + (y - rect.y) * device.scale,
  };
}

/** A rectangle of a floating selection, document px. */
function placed({ raster: { rect }, x, y }: Piece, part: Rect): Rect {
  return { ...part, x: part.x + x - rect.x, y: part.y + y - rect.y };
}

/** The keyboard is the canvas's once a selection floats, so that the arrows move it. Returns what stops following. */
export function followFloating(editor: Editor, host: HTMLElement): () => void {
  return watch(
    () => editor.active?.floating?.raster,
    (raster) => {
      if (raster) host.focus({ preventScroll: true });
    },
  );
}

/** The border of the floating selection with its size, and of the canvas that placing it makes. */
export class FloatOutline implements GuideContent {
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance({ floating, current }: OpenDocument): readonly unknown[] | null {
    const { theme, editor } = this.scene;
    return floating && [floating, current.canvas, theme.colours, editor.preferences.rulers];
  }

  draw(context: CanvasRenderingContext2D, document: OpenDocument): void {
    const { floating, current, view } = document;
    if (!floating) return;
    const { theme, editor } = this.scene;
    const look = { ...theme.colours, edge: editor.preferences.rulers ? RULER : 0 };
    const canvas = canvasWithFloating(document);
    if (canvas !== current.canvas) dashedOutline(context, onScreen(canvas, view), look.accent);
    const rect = pieceRect(floating);
    const box = onScreen(rect, view);
    outline(context, box, look.accent);
    drawLabel(context, `${rect.width} × ${rect.height} px`, box, look);
  }
}
