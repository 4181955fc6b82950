import { codeDrawer, type Looks } from '../swatch/drawCode.ts';
import { boxAt, type Layout, sideOf } from './layout.ts';

interface Shown {
  readonly layout: Layout;
  readonly codes: ArrayLike<number>;
  readonly looks: Looks;
  readonly faint: ReadonlySet<number> | null; // codes that are there, but were not asked for
  readonly marked: ReadonlySet<number>; // codes
  readonly view: {
    readonly width: number; // CSS px
    readonly height: number; // CSS px
    readonly scrolled: number; // CSS px
    readonly ratio: number; // px per CSS px
  };
}

const FAINT = 0.12;
const GAP = 12; // CSS px of a code from which on a line is left free between codes
const MARK = 0.34; // of a code's side

/** Draws the part of a palette that can be seen. */
export function drawCodes(canvas: HTMLCanvasElement, shown: Shown): void {
  const { layout, codes, looks, faint, marked, view } = shown;
  const { ratio } = view;
  const px = (length: number): number => Math.round(length * ratio);
  canvas.width = px(view.width);
  canvas.height = px(view.height);
  canvas.style.width = `${view.width}px`;
  canvas.style.height = `${view.height}px`;
  const context = canvas.getContext('2d');
  if (!context) return;
  const draw = codeDrawer(context, looks);
  const side = sideOf(layout);
  const gap = side >= GAP ? px(1) : 0;
  const first = Math.floor(view.scrolled / side) * layout.columns;
  const last = Math.min(layout.count, Math.ceil((view.scrolled + view.height) / side) * layout.columns);
  for (let index = first; index < last; index++) {
    const code = codes[index]!;
    const box = boxAt(layout, index);
    const x = px(box.x);
    const y = px(box.y - view.scrolled);
    const width = px(box.x + side) - x - gap;
    const height = px(box.y + side - view.scrolled) - y - gap;
    context.globalAlpha = faint?.has(code) === true ? FAINT : 1;
    draw(code, x, y, width, height);
    if (marked.has(code)) drawMark(context, x + width, y, width * MARK);
  }
}

/** A corner turned down: seen on any swatch, and not mistaken for a part of one. */
function drawMark(context: CanvasRenderingContext2D, right: number, top: number, side: number): void {
  context.beginPath();
  context.moveTo(right - side, top);
  context.lineTo(right, top);
  context.lineTo(right, top + side);
  context.closePath();
  context.fillStyle = '#ffffff';
  context.fill();
  context.strokeStyle = '#000000';
  context.stroke();
}
