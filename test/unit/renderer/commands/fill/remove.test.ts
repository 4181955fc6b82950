import { describe, expect, it } from 'vitest';
import { readRect } from '../../../../../core/raster/flat.ts';
import { sameTiles } from '../../../../../core/raster/tileMap.ts';
import { cancelFill } from '../../../../../renderer/commands/fill/run.ts';
import { createRemoval } from '../../../../../renderer/tools/brushes.ts';
import { drag } from '../../tools/pointer.ts';
import { createBench, openPicture, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { outcomeFor } from '../../support/outcome.ts';

function bench() {
  const made = createBench();
  const document = openPicture(made);
  Object.assign(made.editor.tools, { size: 20, hardness: 1 });
  const tool = createRemoval(made.editor);
  const paint = (x: number) => {
    drag(tool, document, [[x, 100], [x + 30, 100]]); // prettier-ignore
  };
  const answer = async () => {
    await settled();
    const asked = made.engine.newest('fill.run');
    await asked.answer(outcomeFor(asked.params));
    await settled();
    return asked.params;
  };
  return { ...made, document, paint, answer };
}

describe('the removal brush', () => {
  it('fills what was painted when it is let go, as one step, with the better of two candidates', async () => {
    const { document, paint, answer } = bench();
    select(document, { x: 200, y: 10, width: 20, height: 20 });
    const before = document.current;
    paint(50);
    expect(document.removing).not.toBeNull();
    const params = await answer();
    expect(params.candidates).toBe(2);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Rectangle', 'Remove']);
    const { picture, selection } = document.current;
    expect(selection).toBe(before.selection);
    const at = (x: number, y: number) => readRect(picture, { x, y, width: 1, height: 1 })[0];
    expect(at(65, 100)).toBe(200); // as the engine drew it
    expect(at(65, 130)).toBe(65);
    expect(document.fill.candidates).toEqual([]);
    expect(document.removing).toBeNull();
    document.undo();
    expect(sameTiles(document.current.picture.tiles, before.picture.tiles)).toBe(true);
  });

  it('takes one stroke after the other', async () => {
    const { document, paint, answer } = bench();
    paint(50);
    await settled();
    paint(150);
    await answer();
    await answer();
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Remove', 'Remove']);
    expect(readRect(document.current.picture, { x: 165, y: 100, width: 1, height: 1 })[0]).toBe(200);
  });

  it('changes nothing when it is stopped', async () => {
    const { document, paint } = bench();
    paint(50);
    await settled();
    cancelFill(document);
    await settled();
    expect(document.removing).toBeNull();
    expect(document.history.entries).toEqual([]);
  });
});
