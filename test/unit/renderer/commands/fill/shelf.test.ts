import { beforeEach, describe, expect, it } from 'vitest';
import type { Rect } from '../../../../../core/base/geometry.ts';
import { boundsOf } from '../../../../../core/raster/bounds.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { writeRect } from '../../../../../core/raster/write.ts';
import { shelvedIn, useShelved } from '../../../../../renderer/commands/fill/accept.ts';
import { nextSeed, otherSeed } from '../../../../../renderer/commands/fill/seed.ts';
import { fill } from '../../../../../renderer/commands/fill/run.ts';
import { run } from '../../../../../renderer/commands/registry.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { type Bench, createBench, openPicture, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { greyPatch, outcomeFor } from '../../support/outcome.ts';

const BOX = { x: 40, y: 50, width: 30, height: 20 };

let bench: Bench;
let document: OpenDocument;
beforeEach(async () => {
  bench = createBench();
  document = openPicture(bench);
  select(document, BOX);
  bench.editor.fillSettings.candidates = 3;
  const done = fill(bench.editor, document);
  await settled();
  const asked = bench.engine.newest('fill.run');
  await asked.answer(outcomeFor(asked.params));
  await done;
});

function redAt(x: number, y: number): number {
  return readRect(document.current.picture, { x, y, width: 1, height: 1 })[0]!;
}

function draw(rect: Rect, grey: number): void {
  const { data } = greyPatch(rect, grey);
  document.commit('Paint', { picture: writeRect(document.current.picture, rect, data) });
}

function shelf(): unknown {
  return shelvedIn(document).map(({ candidate }) => [candidate.name, candidate.kept]);
}

describe('candidates that are not accepted', () => {
  it('stay in the history when another is accepted, and can be taken instead, also after other edits', async () => {
    await run(bench.editor, 'fill.accept');
    expect([redAt(45, 55), document.fill.candidates, shelf()]).toEqual([200, [], [['2', false], ['3', false]]]); // prettier-ignore
    draw({ x: 60, y: 0, width: 100, height: 100 }, 9);
    useShelved(document, shelvedIn(document)[1]!);
    expect([redAt(45, 55), redAt(65, 55), redAt(100, 50), redAt(39, 55)]).toEqual([202, 202, 9, 39]);
    expect([shelf(), document.history.entries.at(-1)!.label]).toEqual([[['2', false]], 'Fill']);
  });

  it('can be gone back to, with the selection that they were made for', async () => {
    await run(bench.editor, 'fill.accept');
    draw({ x: 0, y: 0, width: 10, height: 10 }, 9);
    document.goToStep(shelvedIn(document)[0]!.entries[0]!.id);
    expect([redAt(45, 55), redAt(5, 5), boundsOf(document.current.selection)]).toEqual([201, 5, null]);
    document.undo();
    expect(boundsOf(document.current.selection)).toEqual(BOX);
  });

  it('are kept for later one by one, and refuse a picture that was turned since', async () => {
    document.fill.show(1);
    await run(bench.editor, 'fill.keep');
    expect([document.fill.candidates.map(({ name }) => name), shelf()]).toEqual([['1', '3'], [['2', true]]]); // prettier-ignore
    expect(boundsOf(document.current.selection)).toEqual(BOX);
    await run(bench.editor, 'fill.discard-all');
    await run(bench.editor, 'canvas.turn-left');
    expect(() => {
      useShelved(document, shelvedIn(document)[0]!);
    }).toThrow('another state');
  });

  it('leave the strip for the history with Escape, once nothing else is to be stopped', async () => {
    bench.editor.notices.done('Something else.');
    await run(bench.editor, 'edit.cancel');
    expect(document.fill.candidates).toHaveLength(3);
    await run(bench.editor, 'edit.cancel');
    expect([document.fill.candidates, shelf()]).toEqual([[], [['1', false], ['2', false], ['3', false]]]); // prettier-ignore
  });

  it('give their seed to the next fills', async () => {
    document.fill.currentId = document.fill.candidates[1]!.id;
    const { seed, number } = document.fill.current!;
    await run(bench.editor, 'fill.use-seed');
    expect(bench.editor.fillSettings).toMatchObject({ seed, first: number - 1, seedLocked: true });
    expect(nextSeed(bench.editor.fillSettings)).toEqual({ seed, first: number - 1 });
    expect(otherSeed(bench.editor.fillSettings)).toEqual({ seed: seed + 1, first: 0 });
  });
});
