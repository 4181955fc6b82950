import path from 'node:path';
import { applyChange } from '../../core/document/applyChange.ts';
import type { Change, History } from '../../core/document/change.ts';
import { type Document, type FrameTokens, openDocument } from '../../core/document/document.ts';
import { createHistory, push } from '../../core/document/history.ts';
import { crop, paste } from '../../core/pixels/crop.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { fromFlat, readRect } from '../../core/raster/flat.ts';
import { fillRect, writeRect } from '../../core/raster/write.ts';
import { createGrid } from '../../core/tokens/grid.ts';
import { readPicture } from '../../electron/io/readPicture.ts';

const CANVAS: Rect = { x: 0, y: 0, width: 6000, height: 4000 }; // 24 MP
const FILL = 512; // px a side
const TOKENS = 64; // per side of a fill's frame
const STROKE = 300; // px a side: one to four tiles

/** A document with its history. */
export interface Work {
  readonly document: Document;
  readonly history: History;
}

/** A photograph of 24 MP at its own grain: the sample, laid side by side. */
export async function openedWork(root: string): Promise<Work> {
  const { picture } = await readPicture(path.join(root, 'assets/samples/nuthatch.jpg'));
  const { width, height } = CANVAS;
  const whole: Picture = { width, height, data: new Uint8Array(width * height * 4) };
  for (let y = 0; y < height; y += picture.height) {
    for (let x = 0; x < width; x += picture.width) {
      const fitting = {
        x: 0,
        y: 0,
        width: Math.min(picture.width, width - x),
        height: Math.min(picture.height, height - y),
      };
      paste(whole, crop(picture, fitting), x, y);
    }
  }
  return { document: openDocument(CANVAS, fromFlat(CANVAS, 4, whole.data)), history: createHistory() };
}

/** Accepts a fill: other pixels in a square, and the tokens of its frame. */
export function fill(work: Work, index: number): Work {
  const { picture, tokens } = work.document;
  const from = place(index + 7, FILL);
  const to = place(index, FILL);
  return commit(work, 'Fill', {
    picture: writeRect(picture, to, readRect(picture, from)),
    tokens: { before: tokens, after: [...tokens, tokensOf(to, index)] },
  });
}

/** Selects a square, as a stroke of the brush does. */
export function stroke(work: Work, index: number): Work {
  const { selection } = work.document;
  return commit(work, 'Brush', { selection: fillRect(selection, place(index, STROKE), 1 + (index % 255)) });
}

function commit({ document, history }: Work, label: string, change: Change): Work {
  const next = applyChange(document, change);
  return { document: next, history: push(history, next, { label, details: [], at: 0, change }) };
}

/** Squares here and there on the canvas. */
function place(index: number, side: number): Rect {
  const x = (index * 1237) % (CANVAS.width - side);
  const y = (index * 911) % (CANVAS.height - side);
  return { x, y, width: side, height: side };
}

function tokensOf(rect: Rect, index: number): FrameTokens {
  const ids = Array.from({ length: TOKENS * TOKENS }, (_, i) => (i * 37 + index) % 1024);
  return {
    package: { id: 'tessera-base', sha256: 'ab'.repeat(32) },
    frame: { rect, scale: 1, columns: TOKENS, rows: TOKENS },
    grid: createGrid(TOKENS, TOKENS, ids),
    pins: [],
    provenance: ids.map((id) => ({ kind: 'filled', step: 1 + (id % 12), probability: id / 1024 })),
  };
}
