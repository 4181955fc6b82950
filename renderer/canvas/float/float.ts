import { pieceRect, type Piece } from '../../../core/document/piece.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { fromDevice, toDevice, wholeDevice, type Device } from '../device.ts';
import { drawInside, drawPieces } from '../drawPieces.ts';
import { createPicturePainter } from '../pyramid/picturePainter.ts';
import { Pyramid, type Built } from '../pyramid/pyramid.ts';
import type { SheetContent } from '../sheet.ts';

const BUDGET = 9; // ms of building in a frame
const OPTIONS = { surfaces: 512, now: () => performance.now() }; // 128 MiB

/** The piece that floats over the picture, where it lies by now. */
export class FloatContent implements SheetContent {
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
    const own = deviceOfPiece(piece, device);
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
    const own = deviceOfPiece(piece, device);
    drawInside(context, seen, () => {
      drawPieces(context, own, this.pyramid.pieces(fromDevice(own, seen), device.scale));
    });
  }

  moving(): null {
    return null;
  }
}

/** How the px of a piece lie on the bitmap. */
function deviceOfPiece({ raster: { rect }, x, y }: Piece, device: Device): Device {
  return {
    ...device,
    x: device.x + (x - rect.x) * device.scale,
    y: device.y + (y - rect.y) * device.scale,
  };
}

/** A rectangle of a piece, document px. */
function placed({ raster: { rect }, x, y }: Piece, part: Rect): Rect {
  return { ...part, x: part.x + x - rect.x, y: part.y + y - rect.y };
}
