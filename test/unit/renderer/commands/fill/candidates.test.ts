import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropCanvas, extendCanvas } from '../../../../../core/document/canvas.ts';
import type { Document } from '../../../../../core/document/document.ts';
import type { Rect } from '../../../../../core/base/geometry.ts';
import { boundsOf } from '../../../../../core/raster/bounds.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { writeRect } from '../../../../../core/raster/write.ts';
import { fillRecordSchema } from '../../../../../core/fill/record.ts';
import { accept } from '../../../../../renderer/commands/fill/accept.ts';
import { fill } from '../../../../../renderer/commands/fill/run.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { sameBytes } from '../../support/bytes.ts';
import { createBench, openPicture, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { greyPatch, outcomeFor } from '../../support/outcome.ts';

const CANVAS = { x: 0, y: 0, width: 300, height: 200 };

function openBench() {
  const bench = createBench();
  return { ...bench, document: openPicture(bench, CANVAS) };
}

type Bench = ReturnType<typeof openBench>;

async function fillAt({ editor, engine, document }: Bench, candidates = 2): Promise<void> {
  editor.fillSettings.candidates = candidates;
  const done = fill(editor, document);
  await settled();
  const asked = engine.newest('fill.run');
  await asked.answer(outcomeFor(asked.params));
  await done;
}

function pixels({ picture, canvas }: Document, rect: Rect = canvas): Uint8Array {
  return readRect(picture, rect);
}

function draw(document: OpenDocument, rect: Rect, grey: number): void {
  const { data } = greyPatch(rect, grey);
  document.commit('Paint', { picture: writeRect(document.current.picture, rect, data) });
}

/** The greys at a pixel's red, for short. */
function redAt(document: OpenDocument, x: number, y: number): number {
  return pixels(document.current, { x, y, width: 1, height: 1 })[0]!;
}

describe('accepting a candidate', () => {
  it('is one undo step with what it was made with', async () => {
    const bench = openBench();
    const { document } = bench;
    select(document, { x: 40, y: 50, width: 30, height: 20 });
    await fillAt(bench);
    const candidate = document.fill.candidates[1]!;
    accept(document, candidate);
    const entry = document.history.entries.at(-1)!;
    expect(entry.label).toBe('Fill');
    expect(entry.details).toEqual([
      { kind: 'preset', preset: 'balanced', changes: {} },
      { kind: 'seed', seed: candidate.seed, candidate: 2 },
      { kind: 'candidate', number: 2, of: 2 },
      { kind: 'count', of: 'steps', count: 8 },
      { kind: 'temperature', temperature: 0.7 },
      { kind: 'count', of: 'tokens', count: 3 },
      { kind: 'scale', least: 1, most: 1 },
      { kind: 'share', of: 'texture', share: 0.75 },
      { kind: 'plan', source: 'denoiser' },
      { kind: 'package', name: 'Tessera Base', version: '0.1.0' },
      { kind: 'duration', ms: expect.any(Number) as number },
    ]);
    expect(document.history.entries).toHaveLength(2);
    expect(redAt(document, 45, 55)).toBe(201);
  });

  it('deselects what was filled, and nothing that was selected elsewhere since', async () => {
    const bench = openBench();
    const { document } = bench;
    select(document, { x: 40, y: 50, width: 30, height: 20 }, 90);
    await fillAt(bench);
    const since = { x: 60, y: 60, width: 50, height: 50 };
    select(document, since);
    accept(document, document.fill.candidates[0]!);
    const { selection } = document.current;
    expect(boundsOf(selection)).toEqual(since);
    const at = (x: number, y: number) => readRect(selection, { x, y, width: 1, height: 1 })[0];
    expect([at(45, 55), at(65, 65), at(75, 65)]).toEqual([0, 0, 255]);
    document.undo();
    expect(boundsOf(document.current.selection)).toEqual({ x: 40, y: 50, width: 70, height: 60 });
  });

  it('keeps the tokens behind the fill', async () => {
    const bench = openBench();
    const { document } = bench;
    select(document, { x: 40, y: 50, width: 30, height: 20 });
    await fillAt(bench);
    const candidate = document.fill.candidates[1]!;
    accept(document, candidate);
    expect(document.current.tokens).toHaveLength(1);
    const [tokens] = document.current.tokens;
    expect(tokens!.frame).toEqual(candidate.order.plans[0]!.frame);
    expect(tokens!.grid.ids[0]).toBe(1); // of the second candidate
    expect(tokens!.package).toEqual(candidate.package);
  });

  it('writes only what was selected when it was asked for; edits made since stay elsewhere', async () => {
    const bench = openBench();
    const { document } = bench;
    select(document, { x: 40, y: 50, width: 10, height: 10 });
    select(document, { x: 48, y: 58, width: 30, height: 20 }, 1); // hardly selected is selected
    await fillAt(bench);
    select(document, CANVAS);
    draw(document, { x: 30, y: 45, width: 60, height: 40 }, 5);
    accept(document, document.fill.candidates[0]!);
    expect(redAt(document, 41, 51)).toBe(200);
    expect(redAt(document, 77, 77)).toBe(200);
    expect(redAt(document, 41, 77)).toBe(5); // inside the bounds, but not selected then
    expect(redAt(document, 78, 58)).toBe(5);
    expect(redAt(document, 100, 100)).toBe(100);
  });

  it('lays what is left on a picture that was cropped, and on one that was extended', async () => {
    const bench = openBench();
    const { document } = bench;
    select(document, { x: 40, y: 50, width: 30, height: 20 });
    await fillAt(bench);
    document.commit('Extend', extendCanvas(document.current, { x: -50, y: 0, width: 350, height: 200 }));
    document.commit('Crop', cropCanvas(document.current, { x: -50, y: 60, width: 100, height: 100 }));
    accept(document, document.fill.candidates[0]!);
    expect(redAt(document, 45, 65)).toBe(200);
    expect(redAt(document, 55, 65)).toBe(0); // outside the canvas
    document.undo();
    expect(redAt(document, 45, 65)).toBe(45);
  });

  it('takes away the others for the same place, and leaves those for other places', async () => {
    const bench = openBench();
    const { document } = bench;
    select(document, { x: 40, y: 50, width: 30, height: 20 });
    await fillAt(bench);
    select(document, CANVAS, 0);
    select(document, { x: 200, y: 150, width: 10, height: 10 });
    await fillAt(bench, 1);
    select(document, { x: 60, y: 60, width: 60, height: 60 });
    await fillAt(bench, 1);
    expect(document.fill.candidates).toHaveLength(4);
    accept(document, document.fill.candidates[1]!);
    expect(document.fill.candidates.map(({ order }) => order.plans[0]!.bounds.x)).toEqual([200]);
    expect(document.fill.current).toBe(document.fill.candidates[0]);
  });

  it('that is undone gives back every byte', async () => {
    const rect = fc.record({
      x: fc.integer({ min: -20, max: 290 }),
      y: fc.integer({ min: -20, max: 190 }),
      width: fc.integer({ min: 25, max: 280 }),
      height: fc.integer({ min: 25, max: 180 }),
    });
    const values = fc.constantFrom(1, 128, 255);
    const edits = fc.array(fc.record({ rect, grey: values }), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(rect, { minLength: 1, maxLength: 3 }),
        values,
        edits,
        async (rects, value, since) => {
          const bench = openBench();
          const { document } = bench;
          for (const each of rects) select(document, each, value);
          await fillAt(bench);
          for (const each of since) draw(document, each.rect, each.grey);
          const before = document.current;
          const selected = readRect(document.fill.current!.order.selection, CANVAS);
          accept(document, document.fill.current!);
          const after = pixels(document.current);
          document.undo();
          expect(sameBytes(pixels(document.current), pixels(before))).toBe(true);
          expect(document.current.tokens).toBe(before.tokens);
          const old = pixels(before);
          for (let i = 0; i < selected.length; i++) {
            if (selected[i]! > 0) continue;
            for (let c = 4 * i; c < 4 * i + 4; c++)
              if (after[c] !== old[c]) throw new Error(`byte ${c} changed`);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('the record of a fill', () => {
  it('is one that files can carry, and follows undo', async () => {
    const bench = openBench();
    const { document, editor } = bench;
    editor.fillSettings.changes = { steps: 20, filters: { topK: 5 } };
    editor.fillSettings.feather = 3;
    select(document, { x: 40, y: 50, width: 30, height: 20 });
    await fillAt(bench);
    expect(document.record).toBeUndefined();
    accept(document, document.fill.candidates[1]!);
    const first = document.record;
    expect(fillRecordSchema.parse(first)).toEqual(first);
    expect(first).toMatchObject({
      software: 'Tessera 9.8.7',
      operation: 'fill',
      package: { id: 'tessera-base', version: '0.1.0' },
      preset: 'balanced',
      candidate: 2,
      hole: { tokens: 3, pixels: 1234 },
      settings: { steps: 20, topK: 5, feather: 3 },
    });
    select(document, { x: 40, y: 50, width: 30, height: 20 });
    await fillAt(bench, 1);
    accept(document, document.fill.candidates[0]!);
    expect(document.record).not.toEqual(first);
    expect(document.record).not.toHaveProperty('candidate');
    document.undo();
    expect(document.record).toBe(first);
    document.goTo(1);
    expect(document.record).toBeUndefined();
  });
});
