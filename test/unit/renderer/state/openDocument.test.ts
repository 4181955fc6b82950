import { RECORD } from '../../../fixtures/record.ts';
import { describe, expect, it } from 'vitest';
import { writeRect } from '../../../../core/raster/write.ts';
import { createGrid, MASK } from '../../../../core/tokens/grid.ts';
import { ENCODED } from '../../../../core/tokens/provenance.ts';
import { picturedDocument, select } from '../support/editor.ts';

const CANVAS = { x: 0, y: 0, width: 60, height: 40 };

describe('an open document', () => {
  it('is edited until it is saved, and again while what was saved is undone', () => {
    const document = picturedDocument(CANVAS);
    expect(document.edited).toBe(false);
    select(document, { x: 0, y: 0, width: 5, height: 5 });
    expect(document.edited).toBe(true);
    document.markSaved();
    expect(document.edited).toBe(false);
    document.undo();
    expect(document.edited).toBe(true);
    document.redo();
    expect(document.edited).toBe(false);
  });

  it('is edited from the start where no file holds it', () => {
    const document = picturedDocument(CANVAS);
    document.markSaved(null);
    expect(document.edited).toBe(true);
  });

  it('takes no step for what changes nothing', () => {
    const document = picturedDocument(CANVAS);
    const { current } = document;
    document.commit('Nothing', {});
    document.commit('Nothing', { selection: { changes: [] } });
    expect(document.current).toBe(current);
    expect(document.history.entries).toEqual([]);
    expect(document.edited).toBe(false);
  });

  it('forgets the tokens whose pixels change, as part of that step, and keeps the record of their fill', () => {
    const document = picturedDocument(CANVAS);
    const frame = { rect: { x: 0, y: 0, width: 32, height: 16 }, scale: 1, columns: 2, rows: 1 };
    const grid = createGrid(2, 1, [3, 4]);
    const tokens = [
      { package: { id: 'a', sha256: 'b' }, frame, grid, pins: [], provenance: [ENCODED, ENCODED] },
    ];
    document.commit('Fill', { tokens: { before: document.current.tokens, after: tokens } });
    document.record = RECORD;
    const spot = { x: 16, y: 0, width: 2, height: 2 };
    document.commit('Brush', {
      picture: writeRect(document.current.picture, spot, new Uint8Array(16).fill(9)),
    });
    expect([...document.current.tokens[0]!.grid.ids]).toEqual([3, MASK]);
    expect(document.record).toBe(RECORD);
    document.undo();
    expect(document.current.tokens).toBe(tokens);
    document.undo();
    expect(document.record).toBeUndefined();
  });

  it('goes through its history', () => {
    const document = picturedDocument(CANVAS);
    for (const width of [1, 2, 3]) select(document, { x: 0, y: 0, width, height: 5 });
    document.goTo(0);
    expect(document.current.selection.tiles.size).toBe(0);
    document.redo();
    expect(document.history.position).toBe(1);
    document.goTo(3);
    document.redo();
    expect(document.history.position).toBe(3);
  });

  it('shows what a gesture shows while it is under way', () => {
    const document = picturedDocument(CANVAS);
    const { picture, selection } = document.current;
    document.live = { selection: { ...selection } };
    expect(document.selection).not.toBe(selection);
    expect(document.picture).toBe(picture);
    document.live = null;
    expect(document.selection).toBe(selection);
  });

  it('says where a gesture wrote, to those who listen', () => {
    const document = picturedDocument(CANVAS);
    const seen: unknown[] = [];
    const stop = document.onTouch((rect) => seen.push(rect));
    document.touch(CANVAS);
    stop();
    document.touch(CANVAS);
    expect(seen).toEqual([CANVAS]);
  });
});
