import type { Edges } from './handles.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';

/** What frames are made of just now. */
export interface Tokens {
  readonly unit: number; // document px per token
  readonly downsample: number; // model px per token
  readonly least: number; // tokens per side
}

/** Side of a frame's tokens, document px. */
export function unitOf({ rect, columns }: Frame): number {
  return rect.width / columns;
}

/** A frame moved by about that much: its corner comes to lie on the token lattice of the canvas, or flush with an edge. */
export function moveFrame(frame: Frame, by: Point, canvas: Rect): Frame {
  const unit = unitOf(frame);
  const { rect } = frame;
  const x = snap(rect.x + by.x, rect.width, canvas.x, canvas.width, unit);
  const y = snap(rect.y + by.y, rect.height, canvas.y, canvas.height, unit);
  return { ...frame, rect: { ...rect, x, y } };
}

/** A frame with some edges moved by about that much, to whole tokens from the edge across. */
export function resizeFrame(frame: Frame, edges: Edges, by: Point, least: number): Frame {
  const unit = unitOf(frame);
  const columns = Math.max(least, frame.columns + Math.round((edges.x * by.x) / unit));
  const rows = Math.max(least, frame.rows + Math.round((edges.y * by.y) / unit));
  const width = columns * unit;
  const height = rows * unit;
  const { rect } = frame;
  const x = edges.x < 0 ? rect.x + rect.width - width : rect.x;
  const y = edges.y < 0 ? rect.y + rect.height - height : rect.y;
  return { ...frame, rect: { x, y, width, height }, columns, rows };
}

/** A new frame between two points, to whole tokens from the first one. */
export function drawFrame(from: Point, to: Point, { unit, downsample, least }: Tokens): Frame {
  const across = axis(from.x, to.x, unit, least);
  const down = axis(from.y, to.y, unit, least);
  return {
    rect: { x: across.start, y: down.start, width: across.tokens * unit, height: down.tokens * unit },
    scale: unit / downsample,
    columns: across.tokens,
    rows: down.tokens,
  };
}

function axis(from: number, to: number, unit: number, least: number): { start: number; tokens: number } {
  const first = Math.round(from);
  const tokens = Math.max(least, Math.round(Math.abs(to - from) / unit));
  return { start: to < from ? first - tokens * unit : first, tokens };
}

/** The nearest place on the lattice, or where both ends meet those of the canvas, if that is nearer. */
function snap(start: number, length: number, origin: number, extent: number, unit: number): number {
  const onLattice = origin + Math.round((start - origin) / unit) * unit;
  const atEnd = origin + extent - length;
  return Math.abs(start - atEnd) < Math.abs(start - onLattice) ? atEnd : onLattice;
}

/** What a frame that is drawn now is made of; null while no package is known. */
export function tokensNow(editor: Editor): Tokens | null {
  const info = packageInUse(editor);
  if (!info) return null;
  const { downsample } = info;
  const unit = Math.max(1, Math.round((editor.fillSettings.scale ?? 1) * downsample));
  return { unit, downsample, least: leastOf(info) };
}

/** The fewest tokens that a frame may have along a side. */
export function leastTokens(editor: Editor): number {
  const info = packageInUse(editor);
  return info ? leastOf(info) : 1;
}

function packageInUse({ packages, fillSettings }: Editor): PackageInfo | null {
  return packages.byRef(fillSettings.package);
}

function leastOf({ window, minSize, downsample }: PackageInfo): number {
  return Math.max(window.min, Math.ceil(minSize / downsample));
}
