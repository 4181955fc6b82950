import type { Point, Rect } from '../base/geometry.ts';
import { editTiles } from '../raster/edit.ts';
import { readRect } from '../raster/flat.ts';
import { empty } from '../raster/make.ts';
import { applyPatch } from '../raster/patch.ts';
import type { Raster } from '../raster/raster.ts';
import { copyRows } from '../raster/rows.ts';
import { type ColourMatch, matchedTables } from './colourMatch.ts';
import type { Piece } from './piece.ts';
import { cornersOf, type CropFrame, wholeFrame } from './remake/cropFrame.ts';
import type { Remaking } from './remake/remaking.ts';
import { resizing } from './remake/resizing.ts';
import { rotating } from './remake/rotating.ts';
import { turning } from './remake/turning.ts';

/** How a piece lies on a picture: the rectangle that it fills, which may stand askew, document px. */
export interface Placement extends CropFrame {
  readonly mirrored: boolean; // left and right exchanged, before it is turned
}

/** How a piece is laid on. */
export interface Laying {
  readonly opacity: number; // 0 .. 1
  readonly colours: ColourMatch | null; // which its own are drawn to
}

const PLAIN: Laying = { opacity: 1, colours: null };

/** A piece as large as it is, upright around a point; its corner lies on whole px. */
export function placedAround({ rect: { width, height } }: Raster, { x, y }: Point): Placement {
  const corner = { x: Math.round(x - width / 2), y: Math.round(y - height / 2) };
  return { ...wholeFrame({ ...corner, width, height }), mirrored: false };
}

/** The rectangle of whole px that a placed piece comes to lie in. */
export function placementRect(placement: Placement): Rect {
  const size = boundsSize(placement);
  return {
    x: Math.round(placement.centre.x - size.width / 2),
    y: Math.round(placement.centre.y - size.height / 2),
    ...size,
  };
}

/** The same piece with the corner of its rectangle at a point, rounded to whole px. */
export function movedTo(placement: Placement, { x, y }: Point): Placement {
  const { width, height } = boundsSize(placement);
  return { ...placement, centre: { x: Math.round(x) + width / 2, y: Math.round(y) + height / 2 } };
}

/** Mirrored as it is seen, around its middle. */
export function flipped(placement: Placement, direction: 'horizontal' | 'vertical'): Placement {
  const angle = direction === 'horizontal' ? -placement.angle : 180 - placement.angle;
  return { ...placement, mirrored: !placement.mirrored, angle: settledAngle(angle) };
}

/** An angle as -180 < angle <= 180 degrees. */
export function settledAngle(degrees: number): number {
  const turned = ((degrees % 360) + 360) % 360;
  return turned > 180 ? turned - 360 : turned;
}

/**
 * A piece drawn as it is placed: resized with Lanczos-3, mirrored, turned, its colours matched, and faded. One that is
 * only moved keeps its very pixels.
 */
export function drawPiece(source: Raster, placement: Placement, laying: Laying = PLAIN): Piece {
  const { x, y } = placementRect(placement);
  const shaped = turnedBy(mirrored(resized(source, placement), placement), placement);
  return { raster: laid(shaped, laying), x, y };
}

/** What opacity and matched colours make of RGBA bytes, in place. */
export function layBytes(bytes: Uint8Array | Uint8ClampedArray, { opacity, colours }: Laying): void {
  const tables = colours && matchedTables(colours);
  for (let i = 0; i < bytes.length; i += 4) {
    if (bytes[i + 3] === 0) continue;
    if (tables) for (let c = 0; c < 3; c++) bytes[i + c] = tables[c]![bytes[i + c]!]!;
    bytes[i + 3] = Math.round(bytes[i + 3]! * opacity);
  }
}

/** Of the rectangle around a placed piece, whole px. */
function boundsSize({ width, height, angle }: Placement): { width: number; height: number } {
  const whole = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
  if (angle === 0) return whole;
  const corners = cornersOf({ ...whole, angle, centre: { x: 0, y: 0 } });
  // A right angle is whole but for rounding.
  const extent = (values: number[]): number => Math.ceil(2 * Math.max(...values) - 1e-6);
  return { width: extent(corners.map(({ x }) => x)), height: extent(corners.map(({ y }) => y)) };
}

function resized(source: Raster, { width, height }: Placement): Raster {
  const { rect } = source;
  const size = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
  if (size.width === rect.width && size.height === rect.height) return source;
  return remade(source, resizing(rect, size));
}

function mirrored(raster: Raster, placement: Placement): Raster {
  return placement.mirrored ? remade(raster, turning(raster.rect, 'horizontal')) : raster;
}

function turnedBy(raster: Raster, placement: Placement): Raster {
  const { angle } = placement;
  if (angle === 0) return raster;
  const { centre } = wholeFrame(raster.rect);
  return remade(raster, rotating(raster.rect, { centre, ...boundsSize(placement), angle: -angle }));
}

function laid(raster: Raster, laying: Laying): Raster {
  if (laying.opacity === 1 && !laying.colours) return raster;
  const patch = editTiles(raster, raster.rect, (tile) => {
    layBytes(tile, laying);
    return true;
  });
  return applyPatch(raster, patch);
}

/** Drawn anew tile by tile, so that it takes little room beside the result. */
function remade(raster: Raster, remaking: Remaking): Raster {
  const blank = empty(remaking.rect, raster.channels);
  const patch = editTiles(blank, remaking.rect, (tile, own, inside) => {
    const data = remaking.draw(raster, inside);
    copyRows({ rect: inside, data }, { rect: own, data: tile }, inside, raster.channels);
    return true;
  });
  return applyPatch(blank, patch);
}

/** How much of each px of a piece is there, [height, width] of its rectangle on the document. */
export function pieceCoverage({ raster, x, y }: Piece): { rect: Rect; data: Uint8Array } {
  const { width, height } = raster.rect;
  const pixels = readRect(raster, raster.rect);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = pixels[4 * i + 3]!;
  return { rect: { x, y, width, height }, data };
}
