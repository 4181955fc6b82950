import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { cropCanvas, extendCanvas } from '../../../../core/document/canvas.ts';
import { changeBytes, invertChange, isEmptyChange, mergeChanges } from '../../../../core/document/change.ts';
import { type Document, openDocument } from '../../../../core/document/document.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { TILE } from '../../../../core/raster/raster.ts';
import { noiseRaster } from '../raster/support.ts';
import { expectSame, noiseDocument, paint, select } from './support.ts';

const canvas = { x: 0, y: 0, width: 300, height: 40 };
const frame = { rect: { x: 0, y: 0, width: 256, height: 256 }, scale: 1, columns: 16, rows: 16 };

describe('openDocument', () => {
  test('shares its tiles with the original, and selects nothing', () => {
    const picture = noiseRaster(canvas, 4, 1);
    const document = openDocument(canvas, picture);
    expect(document.picture.tiles).toBe(document.original.tiles);
    expect(document.selection).toEqual(empty(canvas, 1));
    expect([document.frame, document.tokens]).toEqual([null, []]);
  });

  test('leaves out what lies outside the canvas', () => {
    const small = { x: 0, y: 0, width: 20, height: 30 };
    const { picture } = openDocument(small, noiseRaster(canvas, 4, 1));
    expect(picture.rect).toEqual(small);
    expect(readRect(picture, { x: 20, y: 0, width: 9, height: 9 })).toEqual(new Uint8Array(9 * 9 * 4));
  });
});

describe('changes', () => {
  const start = noiseDocument(canvas);

  /** Steps that touch every part of a document. */
  const steps: ((document: Document) => ReturnType<typeof paint>)[] = [
    (document) => paint(document, { x: 200, y: 0, width: 90, height: 9 }, 2),
    (document) => select(document, { x: 5, y: 5, width: 9, height: 9 }, 3),
    () => ({ frame: { before: null, after: frame } }),
    (document) => extendCanvas(document, { x: -20, y: 0, width: 600, height: 50 }),
    (document) => ({
      ...paint(document, { x: -20, y: 0, width: 300, height: 9 }, 4),
      ...tokensAdded(document),
    }),
    (document) => cropCanvas(document, { x: 270, y: 0, width: 30, height: 30 }),
  ];

  test('are taken back, merged and done again to the very tiles', () => {
    const documents = [start];
    let merged = {};
    for (const step of steps) {
      const change = step(documents.at(-1)!);
      merged = mergeChanges(merged, change);
      documents.push(applyChange(documents.at(-1)!, change));
      expectSame(applyChange(documents.at(-1)!, invertChange(change)), documents.at(-2)!);
      expectSame(applyChange(start, merged), documents.at(-1)!);
      expectSame(applyChange(documents.at(-1)!, invertChange(merged)), start);
    }
  });

  test('leave alone what they do not name', () => {
    const next = applyChange(start, paint(start, { x: 0, y: 0, width: 5, height: 5 }, 6));
    expect(next.original).toBe(start.original);
    expect(next.selection).toBe(start.selection);
    expect(next.picture.tiles.get([...start.picture.tiles.keys()][1]!)).toBe(
      [...start.picture.tiles.values()][1],
    );
  });

  test('refuse a document that they were not made for', () => {
    const change = extendCanvas(start, { x: 0, y: 0, width: 400, height: 40 });
    const message = 'The change expects a canvas of 300 x 40 px at (0, 0).';
    expect(() => applyChange(applyChange(start, change), change)).toThrow(message);
  });

  test('know whether and how much they change', () => {
    expect(isEmptyChange({})).toBe(true);
    expect(isEmptyChange({ picture: { changes: [] } })).toBe(true);
    expect(isEmptyChange({ frame: { before: null, after: null } })).toBe(false);
    const painted = paint(start, { x: 0, y: 0, width: 5, height: 5 }, 6);
    expect(isEmptyChange(painted)).toBe(false);
    expect(changeBytes(painted)).toBe(2 * TILE * TILE * 4);
    expect(changeBytes({ ...painted, original: painted.picture! })).toBe(2 * TILE * TILE * 4);
    expect(changeBytes({})).toBe(0);
  });
});

function tokensAdded({ tokens }: Document): Pick<ReturnType<typeof paint>, 'tokens'> {
  const added = {
    package: { id: 'a', sha256: 'b' },
    frame,
    grid: { width: 1, height: 1, ids: Int32Array.of(7) },
    pins: [],
    provenance: [],
  };
  return { tokens: { before: tokens, after: [...tokens, added] } };
}
