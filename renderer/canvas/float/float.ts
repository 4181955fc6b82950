import type { Editor } from '../../state/editor.svelte.ts';
import type { GuideContent } from '../guides/guide.ts';
import type { FloatingPiece, OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Scene } from '../scene.ts';
import type { RasterContent } from '../rasterLayer.ts';
import { RULER } from '../guides/rulers.ts';
import { canvasWithFloating, layingOf } from '../../state/floating.ts';
import { createPicturePainter } from '../pyramid/picturePainter.ts';
import { dashedOutline, onScreen } from '../guides/outline.ts';
import { angleSuffix, drawAskew } from '../guides/askew.ts';
import { drawLabel } from '../guides/label.ts';
import { growRect } from '../../../core/base/geometry.ts';
import { type Built, Pyramid } from '../pyramid/pyramid.ts';
import { type Device, fromDevice, wholeDevice } from '../device.ts';
import { onDevice, PieceDrawing, seenOf } from './drawFloating.ts';
import { placementRect } from '../../../core/document/placement.ts';
import { watch } from '../watch.svelte.ts';

const BUDGET = 9; // ms of building in a frame
const OPTIONS = { surfaces: 512, now: () => performance.now() }; // 128 MiB

/** The floating piece, where it lies by now. */
export class FloatContent implements RasterContent {
  private readonly pyramid = new Pyramid(createPicturePainter(), OPTIONS);
  private readonly drawing = new PieceDrawing();
  private drawn: FloatingPiece | null = null;

  appearance({ floating }: OpenDocument): readonly unknown[] {
    return [floating?.source];
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
    const { drawn, pyramid } = this;
    if (piece.source !== drawn?.source) pyramid.clear();
    pyramid.show(piece.source);
    const lies = onDevice(piece.source, piece.placement, device);
    const seen = seenOf(lies, wholeDevice(device), piece.source.rect);
    const { improved, complete } = pyramid.build(fromDevice(lies.own, seen), lies.own.scale, BUDGET);
    this.drawn = piece;
    if (piece === drawn && improved.length === 0) return { improved: [], complete };
    // A turned or matched piece is drawn as a whole.
    const places = drawn && drawn !== piece ? [drawn, piece] : [piece];
    return { improved: places.map(({ placement }) => growRect(placementRect(placement), 1)), complete };
  }

  paint(context: CanvasRenderingContext2D, document: OpenDocument, device: Device, area: Rect): void {
    const piece = document.floating!;
    const { source, placement } = piece;
    const { rect } = source;
    const laying = layingOf(piece, document);
    this.drawing.draw(context, this.pyramid, onDevice(source, placement, device), { rect, area, laying });
  }

  moving(): null {
    return null;
  }
}

/** The keyboard is the canvas's once a piece floats, so that the arrows move it. Returns what stops following. */
export function followFloating(editor: Editor, host: HTMLElement): () => void {
  return watch(
    () => editor.active?.floating?.source,
    (source) => {
      if (source) host.focus({ preventScroll: true });
    },
  );
}

/** The border of the floating piece with its handles and its size, and of the canvas that placing it makes. */
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
    const { placement } = floating;
    drawAskew(context, placement, view, look);
    const { width, height } = placementRect({ ...placement, angle: 0 });
    const box = onScreen(placementRect(placement), view);
    drawLabel(context, `${width} × ${height} px${angleSuffix(placement.angle)}`, box, look);
  }
}
