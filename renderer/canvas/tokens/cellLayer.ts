import { type Frame, sameFrame } from '../../../core/frames/frame.ts';
import { growRect, isEmptyRect, type Rect, uniteRects } from '../../../core/base/geometry.ts';
import { cellsInPicture } from '../../../core/frames/cells.ts';
import { cellsWithin } from './lattice.ts';
import { type CellLook, type CellPaints, colourCells, markCells } from './cellLook.ts';
import { type Device, toDevice } from '../device.ts';

const REACH = 1; // tokens that outlines go beyond a cell, at most

/** The cells of one frame: a pixel and some marks for each. */
export class CellLayer {
  readonly frame: Frame;
  marks: Uint8Array; // [rows * columns], bits
  isMarked = false; // anywhere
  private colours: Uint32Array; // [rows * columns] pixels
  private spare: { colours: Uint32Array; marks: Uint8Array };
  private readonly bitmap = document.createElement('canvas'); // columns x rows
  private isBlank = true;
  private shown: readonly unknown[] = [];

  constructor(frame: Frame) {
    const { columns, rows } = frame;
    this.frame = frame;
    [this.bitmap.width, this.bitmap.height] = [columns, rows];
    this.colours = new Uint32Array(columns * rows);
    this.marks = new Uint8Array(columns * rows);
    this.spare = { colours: new Uint32Array(columns * rows), marks: new Uint8Array(columns * rows) };
  }

  isOf(frame: Frame): boolean {
    return sameFrame(this.frame, frame);
  }

  /** Takes on another look; gives the part of the document (px) that looks different now, if any does. */
  show(look: CellLook, paints: CellPaints): Rect | null {
    if (!this.differs(look, paints)) return null;
    const { columns } = this.frame;
    const { colours, marks } = this.spare;
    colourCells(colours, look, paints);
    markCells(marks, look);
    const coloured = changedBounds(colours, this.colours, columns);
    const marked = changedBounds(marks, this.marks, columns);
    this.spare = { colours: this.colours, marks: this.marks };
    [this.colours, this.marks] = [colours, marks];
    if (coloured) this.put(coloured);
    if (marked) this.isMarked = marks.some((bits) => bits !== 0);
    const changed = coloured && marked ? uniteRects(coloured, marked) : (coloured ?? marked);
    return changed && cellsInPicture(growRect(changed, REACH), this.frame);
  }

  /** Draws the colours of the cells that lie in an area, device px. */
  paint(context: CanvasRenderingContext2D, device: Device, area: Rect): void {
    const seen = cellsWithin(this.frame, device, area);
    if (this.isBlank || isEmptyRect(seen)) return;
    const { x, y, width, height } = toDevice(device, cellsInPicture(seen, this.frame));
    context.imageSmoothingEnabled = false;
    context.drawImage(this.bitmap, seen.x, seen.y, seen.width, seen.height, x, y, width, height);
  }

  /** Whether there is anything new to show: this is asked at every move of the pointer. */
  private differs(look: CellLook, paints: CellPaints): boolean {
    const { heat, hole, stroke, edit, chosen, pins, differing } = look;
    const next = [heat, hole, stroke, edit, chosen, pins, differing, paints.palette, paints.accent];
    const isSame =
      look.signed === null && this.shown.length > 0 && next.every((value, i) => value === this.shown[i]);
    this.shown = next;
    return !isSame;
  }

  private put({ x, y, width, height }: Rect): void {
    const { columns, rows } = this.frame;
    const image = new ImageData(new Uint8ClampedArray(this.colours.buffer as ArrayBuffer), columns, rows);
    this.bitmap.getContext('2d')!.putImageData(image, 0, 0, x, y, width, height);
    this.isBlank = this.colours.every((pixel) => pixel === 0);
  }
}

/** The smallest rectangle of cells (tokens) outside which two arrays of a value per cell are the same; null if they all are. */
export function changedBounds(a: ArrayLike<number>, b: ArrayLike<number>, columns: number): Rect | null {
  let [left, top, right, bottom] = [columns, -1, -1, -1];
  for (let cell = 0, column = 0, row = 0; cell < a.length; cell++) {
    if (a[cell] !== b[cell]) {
      if (top < 0) top = row;
      bottom = row;
      if (column < left) left = column;
      if (column > right) right = column;
    }
    if (++column === columns) [column, row] = [0, row + 1];
  }
  return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
