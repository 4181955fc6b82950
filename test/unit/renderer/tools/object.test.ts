import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf } from '../../../../core/raster/bounds.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { ObjectTool } from '../../../../renderer/tools/object.ts';
import { createBench, openPicture, select, type Bench } from '../support/editor.ts';
import { settled } from '../support/fakeEngine.ts';
import { drag } from './pointer.ts';

let bench: Bench;
let document: OpenDocument;
let tool: ObjectTool;

beforeEach(() => {
  bench = createBench();
  document = openPicture(bench);
  tool = new ObjectTool(bench.editor);
});

/** Answers that a rectangle is the object, px of what was sent. */
async function answer(rect: { x: number; y: number; width: number; height: number }): Promise<void> {
  await settled();
  const asked = bench.engine.newest('object.select');
  const { width, height } = asked.params;
  const mask = new Uint8Array(width * height);
  for (let y = rect.y; y < rect.y + rect.height; y++)
    mask.fill(255, y * width + rect.x, y * width + rect.x + rect.width);
  await asked.answer({ mask });
  await settled();
}

const SPOT = { x: 40, y: 30, width: 50, height: 40 };

describe('the object tool', () => {
  it('asks by a click for what is there, and selects it as one step', async () => {
    drag(tool, document, [[60, 50]]);
    await settled();
    const { params } = bench.engine.newest('object.select');
    expect(params).toMatchObject({ width: 300, height: 200, before: null });
    expect(params.strokes).toEqual([{ adds: true, radius: 4, points: [{ x: 60, y: 50 }] }]);
    await answer(SPOT);
    expect(boundsOf(document.current.selection)).toEqual(SPOT);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Object']);
  });

  it('corrects what was found by strokes with Shift and Alt, with all that was said before', async () => {
    drag(tool, document, [[60, 50]]);
    await answer(SPOT);
    drag(tool, document, [[100, 50], [120, 50]], { shift: true }); // prettier-ignore
    await settled();
    const asked = bench.engine.newest('object.select').params;
    expect(asked.strokes.map(({ adds }) => adds)).toEqual([true, true]);
    expect(asked.before).not.toBeNull();
    await answer({ ...SPOT, width: 90 });
    drag(tool, document, [[45, 35]], { alt: true });
    await settled();
    expect(bench.engine.newest('object.select').params.strokes.map(({ adds }) => adds)).toEqual([
      true,
      true,
      false,
    ]);
    await answer({ ...SPOT, x: 60, width: 70 });
    expect(boundsOf(document.current.selection)).toEqual({ ...SPOT, x: 60, width: 70 });
    document.undo();
    document.undo();
    expect(boundsOf(document.current.selection)).toEqual(SPOT);
  });

  it('adds another object to what is selected otherwise', async () => {
    select(document, { x: 200, y: 100, width: 10, height: 10 });
    drag(tool, document, [[60, 50]], { shift: true });
    await answer(SPOT);
    expect(boundsOf(document.current.selection)).toEqual({ x: 40, y: 30, width: 170, height: 80 });
  });

  it('says so where nothing is, and asks nothing outside the picture', async () => {
    drag(tool, document, [[60, 50]]);
    await answer({ x: 0, y: 0, width: 0, height: 0 });
    expect(bench.editor.notices.list[0]?.message).toContain('No object was found');
    const count = bench.engine.asked.length;
    drag(tool, document, [[-60, 50]]);
    await settled();
    expect(bench.engine.asked).toHaveLength(count);
  });

  it('looks into a smaller copy of a large picture, and refines the border', async () => {
    document = openPicture(bench, { x: 0, y: 0, width: 1600, height: 400 });
    drag(tool, document, [[600, 100]]);
    await settled();
    expect(bench.engine.newest('object.select').params).toMatchObject({ width: 534, height: 134 });
    await answer({ x: 100, y: 20, width: 60, height: 30 });
    const refining = bench.engine.newest('object.refine');
    expect(refining.params).toMatchObject({ width: 204, height: 114, coarse: { width: 68, height: 38 } });
    await refining.answer({ mask: new Uint8Array(204 * 114).fill(255) });
    await settled();
    expect(boundsOf(document.current.selection)).toEqual({ x: 288, y: 48, width: 204, height: 114 });
  });
});
