import { describe, expect, it } from 'vitest';
import type { Swatches } from '../../../../../../core/paint/swatches.ts';
import { loadSwatches } from '../../../../../../renderer/commands/tokens/model/swatches.ts';
import { createBench, PACKAGE } from '../../../support/editor.ts';
import { settled } from '../../../support/fakeEngine.ts';

const SWATCHES: Swatches = { side: 2, field: 3, pixels: new Uint8Array(16) };
const GRACE = 150; // ms, a little longer than what swatches.ts waits

const waited = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, GRACE));

describe('swatches', () => {
  it('are asked for once, however many need them, and told about meanwhile', async () => {
    const { editor, engine } = createBench();
    const release = [loadSwatches(editor, PACKAGE.id), loadSwatches(editor, PACKAGE.id)];
    await settled();
    expect(engine.asked).toHaveLength(1);
    const asked = engine.newest('package.swatches');
    expect(asked.params).toEqual({ ref: PACKAGE.ref });
    expect(editor.swatchesDone).toEqual({ [PACKAGE.sha256]: 0 });
    asked.tell({ done: 0.5 });
    expect(editor.swatchesDone).toEqual({ [PACKAGE.sha256]: 0.5 });
    release[0]!();
    await waited();
    await asked.answer(SWATCHES);
    expect(editor.swatches[PACKAGE.sha256]).toBe(SWATCHES);
    expect(editor.swatchesDone).toEqual({});
    loadSwatches(editor, PACKAGE.id)();
    expect(engine.asked).toHaveLength(1);
  });

  it('are called off when nobody needs them, and asked for anew by the next', async () => {
    const { editor, engine } = createBench();
    const release = loadSwatches(editor, PACKAGE.id);
    await settled();
    release();
    release(); // once is enough
    await waited();
    expect(editor.swatchesDone).toEqual({});
    loadSwatches(editor, PACKAGE.id);
    await settled();
    expect(engine.asked).toHaveLength(2);
    await engine.newest('package.swatches').answer(SWATCHES);
    expect(editor.swatches[PACKAGE.sha256]).toBe(SWATCHES);
    expect(editor.notices.list).toEqual([]);
  });

  it('go on where one lets go and another takes hold', async () => {
    const { editor, engine } = createBench();
    loadSwatches(editor, PACKAGE.id)();
    loadSwatches(editor, PACKAGE.id);
    await waited();
    expect(engine.asked).toHaveLength(1);
    await engine.newest('package.swatches').answer(SWATCHES);
    expect(editor.swatches[PACKAGE.sha256]).toBe(SWATCHES);
  });

  it('that could not be had are told of, and tried again', async () => {
    const { editor, engine } = createBench();
    loadSwatches(editor, PACKAGE.id);
    await settled();
    await engine.newest('package.swatches').fail(new Error('no'));
    expect(editor.notices.list).toHaveLength(1);
    loadSwatches(editor, PACKAGE.id);
    await settled();
    expect(engine.asked).toHaveLength(2);
  });

  it('of a package that is not there are not asked for', () => {
    const { editor, engine } = createBench();
    loadSwatches(editor, 'another')();
    expect(engine.asked).toEqual([]);
  });
});
