import { expect } from 'vitest';
import type { Change } from '../../../../core/document/change.ts';
import { type Document, openDocument } from '../../../../core/document/document.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { fromFlat } from '../../../../core/raster/flat.ts';

import type { Raster } from '../../../../core/raster/raster.ts';
import { writeRect } from '../../../../core/raster/write.ts';
import { noisePicture } from '../pixels/random.ts';
import { noiseBytes } from '../raster/support.ts';

export function noiseDocument(canvas: Rect, seed = 1): Document {
  return openDocument(canvas, fromFlat(canvas, 4, noisePicture(canvas.width, canvas.height, seed).data));
}

/** A change of pixels in the picture. */
export function paint(document: Document, rect: Rect, seed: number): Change {
  return { picture: writeRect(document.picture, rect, noiseBytes(rect, 4, seed)) };
}

/** A change of the selection. */
export function select(document: Document, rect: Rect, seed: number): Change {
  return { selection: writeRect(document.selection, rect, noiseBytes(rect, 1, seed)) };
}

/** The same document down to the very tiles. */
export function expectSame(a: Document, b: Document): void {
  expect(a.canvas).toEqual(b.canvas);
  expect(a.frame).toEqual(b.frame);
  expect(a.tokens).toEqual(b.tokens);
  expectSameTiles(a.picture, b.picture);
  expectSameTiles(a.original, b.original);
  expectSameTiles(a.selection, b.selection);
}

function expectSameTiles(a: Raster, b: Raster): void {
  expect(a.rect).toEqual(b.rect);
  expect(a.tiles.size).toBe(b.tiles.size);
  for (const [key, tile] of a.tiles) expect(b.tiles.get(key) === tile).toBe(true);
}
