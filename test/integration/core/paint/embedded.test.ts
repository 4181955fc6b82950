import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame } from '../../../../core/frames/frame.ts';
import { regionFor, regionOfCells } from '../../../../core/frames/regionFor.ts';
import type { FrameSeen } from '../../../../core/paint/requests.ts';
import type { Tokenizer } from '../../../../core/model/tokenizer.ts';
import { crop, pastePatch } from '../../../../core/pixels/crop.ts';
import type { Picture } from '../../../../core/pixels/picture.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { likelihoods } from '../../../../core/sampling/likelihoods.ts';
import { MASK, type TokenGrid } from '../../../../core/tokens/grid.ts';
import { decodeTokens } from '../../../../core/paint/decodeTokens.ts';
import { encodeFrame } from '../../../../core/paint/encodeFrame.ts';
import { nearSighted } from '../../../../core/paint/nearSighted.ts';
import { createPainter } from '../../../../core/paint/painter.ts';
import { suggestTokens } from '../../../../core/paint/suggestTokens.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';

let model: LoadedPackage;
let photo: Picture;
let near: Tokenizer;
beforeAll(async () => {
  model = await loadPackage(path.join(embeddedPackages(path.resolve('.')), DEFAULT_PACKAGE));
  near = await nearSighted(model.tokenizer);
  ({ picture: photo } = await readPicture(path.resolve('assets/samples/nuthatch.jpg')));
});
afterAll(() => model.dispose());

const COLUMNS = 14;
const ROWS = 12;
const CELLS = [44, 45, 46, 58, 59, 60, 72, 73, 74]; // 3 x 3, rows 3 to 5, columns 2 to 4

const frameOf = (unit: number, x = 0, y = 0): Frame => ({
  rect: { x, y, width: COLUMNS * unit, height: ROWS * unit },
  scale: unit / 8,
  columns: COLUMNS,
  rows: ROWS,
});

/** The frame as a window sends it whose canvas is the picture, at (0, 0) of the document. */
const seenOf = (picture: Picture, frame: Frame): FrameSeen => {
  const canvas = { x: 0, y: 0, width: picture.width, height: picture.height };
  const region = regionFor({ frame, bounds: frame.rect }, canvas, 0);
  return { frame, region, picture: crop(picture, region).data };
};

const withTokens = (grid: TokenGrid, cells: readonly number[], id: number): TokenGrid => {
  const ids = grid.ids.slice();
  for (const cell of cells) ids[cell] = id;
  return { ...grid, ids };
};

/** Largest and mean difference of colours inside a rectangle, levels. */
function difference(a: Picture, b: Picture, rect: Rect): { largest: number; mean: number } {
  const [one, other] = [crop(a, rect), crop(b, rect)];
  const off = one.data.map((value, i) => Math.abs(value - other.data[i]!));
  return { largest: Math.max(...off), mean: off.reduce((sum, value) => sum + value, 0) / off.length };
}

const footprint = (unit: number): Rect => ({ x: 2 * unit, y: 3 * unit, width: 3 * unit, height: 3 * unit });

function changedOutside(before: Picture, after: Picture, rect: Rect): number {
  let changed = 0;
  for (let y = 0; y < before.height; y++) {
    for (let x = 0; x < before.width; x++) {
      if (x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height) continue;
      const at = 4 * (y * before.width + x);
      for (let c = 0; c < 4; c++) if (before.data[at + c] !== after.data[at + c]) changed++;
    }
  }
  return changed;
}

describe('painting', () => {
  test.each([8, 16, 28])('a token of %i px is in the decoded picture, in its place only', async (unit) => {
    const frame = frameOf(unit);
    const canvas = crop(photo, { x: 200, y: 150, width: frame.rect.width, height: frame.rect.height });
    const seen = seenOf(canvas, frame);
    const { grid } = await encodeFrame(model.tokenizer, seen);
    const after = withTokens(grid, CELLS, 700);

    // A picture that is exactly its tokens becomes exactly the others.
    const scale = unit / 8;
    const shown = await decodeTokens(model.tokenizer, grid, { scale });
    const wanted = await decodeTokens(model.tokenizer, after, { scale });
    const patch = await createPainter(near, seenOf(shown, frame), grid, CELLS).paint(after);
    const painted = { ...shown, data: shown.data.slice() };
    pastePatch(painted, patch);
    expect(patch.rect).toEqual(footprint(unit));
    expect(changedOutside(shown, painted, footprint(unit))).toBe(0);
    expect(difference(painted, wanted, footprint(unit)).largest).toBeLessThanOrEqual(2);
    expect(difference(painted, shown, footprint(unit)).mean).toBeGreaterThan(5);
  });

  test('a photograph comes out as with all that the decoder can reach, but for rounding', async () => {
    expect(near.tileOverlap).toBeLessThan(model.tokenizer.tileOverlap);
    const frame = frameOf(8);
    const canvas = crop(photo, { x: 200, y: 150, width: frame.rect.width, height: frame.rect.height });
    const seen = seenOf(canvas, frame);
    const { grid } = await encodeFrame(model.tokenizer, seen);
    for (const id of [1, 300, 900]) {
      const after = withTokens(grid, CELLS, id);
      const [quick, exact] = await Promise.all(
        [near, model.tokenizer].map((tokenizer) => createPainter(tokenizer, seen, grid, CELLS).paint(after)),
      );
      const off = quick!.data.map((value, i) => Math.abs(value - exact!.data[i]!));
      expect(Math.max(...off)).toBeLessThanOrEqual(1);
      expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.05);
    }
  });

  test('in a photograph changes nothing beside it, and needs no more of it than its surroundings', async () => {
    const frame = frameOf(8, -24, -16); // overhangs the canvas
    const canvas = crop(photo, { x: 300, y: 260, width: 80, height: 90 });
    for (let i = 3; i < 40 * 80 * 4; i += 4) canvas.data[i] = i % 3 === 0 ? 0 : 100; // partly transparent
    const { grid } = await encodeFrame(model.tokenizer, seenOf(canvas, frame));
    const after = withTokens(grid, CELLS, 5);
    const patch = await createPainter(near, seenOf(canvas, frame), grid, CELLS).paint(after);
    const painted = { ...canvas, data: canvas.data.slice() };
    pastePatch(painted, patch);
    const visible = { x: 0, y: 8, width: 16, height: 24 };
    expect(patch.rect).toEqual(visible);
    expect(changedOutside(canvas, painted, visible)).toBe(0);
    expect(crop(painted, visible).data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);

    const region = regionOfCells(frame, CELLS, { x: 0, y: 0, width: 80, height: 90 });
    const few = { frame, region, picture: crop(canvas, region).data };
    expect(await createPainter(near, few, grid, CELLS).paint(after)).toEqual(patch);
  });
});

describe('what the model thinks', () => {
  const softmaxOf = (logits: Float32Array): number[] => {
    const weights = Array.from(logits, (value) => Math.exp(value - Math.max(...logits)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const ask = async (tokens: Int32Array, cell: number): Promise<number[]> => {
    const window = { batch: 1, width: COLUMNS, height: ROWS, tokens, select: Int32Array.of(cell) };
    return softmaxOf(await model.denoiser.predict(window));
  };

  test('suggestions have the probabilities of a direct run, and show what painting them gives', async () => {
    const frame = frameOf(8);
    const canvas = crop(photo, { x: 200, y: 150, width: frame.rect.width, height: frame.rect.height });
    const seen = seenOf(canvas, frame);
    const { grid } = await encodeFrame(model.tokenizer, seen);
    const hole = [30, 31];
    const [cell] = CELLS;
    const told = withTokens(grid, [...hole, cell!], MASK);
    const expected = await ask(told.ids, cell!);
    const { list, entropy } = await suggestTokens(model, { ...seen, grid, hole, cells: [cell!], count: 4 });
    const best = Array.from(expected.keys()).sort((a, b) => expected[b]! - expected[a]!);
    expect(list.map(({ id }) => id)).toEqual(best.slice(0, 4));
    for (const { id, probability } of list) expect(Math.abs(probability - expected[id]!)).toBeLessThan(1e-5);
    expect(entropy).toBeCloseTo(-expected.reduce((sum, p) => sum + (p > 0 ? p * Math.log2(p) : 0), 0), 4);

    const painter = createPainter(near, seen, grid, [cell!]);
    for (const { id, patch } of list) {
      expect(patch).toEqual(await painter.paint(withTokens(grid, [cell!], id)));
    }
  });

  test('likelihoods are those of a direct run with the lattice masked', async () => {
    const frame = frameOf(8);
    const canvas = crop(photo, { x: 200, y: 150, width: frame.rect.width, height: frame.rect.height });
    const { grid, errors } = await encodeFrame(model.tokenizer, seenOf(canvas, frame));
    const { probabilities, entropies } = await likelihoods(grid, model.denoiser);
    const lattice = Array.from(grid.ids.keys()).filter(
      (cell) => (cell % COLUMNS) % 3 === 1 && Math.floor(cell / COLUMNS) % 3 === 2,
    );
    const told = withTokens(grid, lattice, MASK);
    for (const cell of lattice.slice(0, 3)) {
      const expected = await ask(told.ids, cell);
      expect(Math.abs(probabilities[cell]! - expected[grid.ids[cell]!]!)).toBeLessThan(1e-5);
    }
    expect(Math.max(...entropies)).toBeLessThanOrEqual(10);
    expect(Math.min(...errors)).toBeGreaterThan(0);
    expect(Math.max(...errors)).toBeLessThan(80);
  });
});
