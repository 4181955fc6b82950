import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { extendCanvas } from '../../../../core/document/canvas.ts';
import { invertChange } from '../../../../core/document/change.ts';
import { openDocument } from '../../../../core/document/document.ts';
import { sameDocument } from '../../../../core/document/document.ts';
import { empty } from '../../../../core/raster/make.ts';
import { fillRect } from '../../../../core/raster/write.ts';

const CANVAS = { x: 0, y: 0, width: 600, height: 300 };
const DOCUMENT = openDocument(CANVAS, empty(CANVAS, 4));

describe('sameDocument', () => {
  it.each([
    ['the selection', { selection: fillRect(DOCUMENT.selection, { x: 1, y: 1, width: 3, height: 3 }, 255) }],
    ['the canvas', extendCanvas(DOCUMENT, { ...CANVAS, width: 601 })],
    ['the tokens', { tokens: { before: DOCUMENT.tokens, after: [] } }],
    ['the frame', { frame: { before: null, after: { rect: CANVAS, scale: 1, columns: 75, rows: 38 } } }],
  ])('sees that %s changed, and that it was taken back', (_, change) => {
    const changed = applyChange(DOCUMENT, change);
    expect(sameDocument(DOCUMENT, changed)).toBe(false);
    const back = applyChange(changed, invertChange(change));
    expect(back).not.toBe(DOCUMENT);
    expect(sameDocument(DOCUMENT, back)).toBe(true);
    expect(sameDocument(changed, applyChange(back, change))).toBe(true);
  });
});
