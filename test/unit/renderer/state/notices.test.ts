import { beforeEach, describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { refuse } from '../../../../renderer/commands/report.ts';
import { run } from '../../../../renderer/commands/registry.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { type Bench, createBench, openPicture, select } from '../support/editor.ts';

let bench: Bench;
beforeEach(() => {
  bench = createBench();
});

const messages = (notices: Notices): string[] => notices.list.map(({ message }) => message);

describe('notices', () => {
  it('are three at most, the newest first, and none is said twice', () => {
    const notices = new Notices();
    for (const message of ['a', 'b', 'c', 'a', 'd']) notices.done(message);
    expect(messages(notices)).toEqual(['d', 'a', 'c']);
  });

  it('leave when what a person was refused holds no longer', async () => {
    const { editor } = bench;
    const document = openPicture(bench);
    await run(editor, 'fill.run');
    editor.notices.sweep();
    expect(editor.notices.list).toHaveLength(1);
    select(document, { x: 10, y: 10, width: 20, height: 20 });
    editor.notices.sweep();
    expect(editor.notices.list).toEqual([]);
  });

  it('of the disk stay until they are closed, with Escape too', async () => {
    const { editor } = bench;
    const document = openPicture(bench);
    refuse(editor, new TesseraError('output', 'The disk is full.'));
    select(document, { x: 10, y: 10, width: 20, height: 20 });
    editor.notices.sweep();
    expect(messages(editor.notices)).toEqual(['The disk is full.']);
    await run(editor, 'edit.cancel');
    expect(editor.notices.list).toEqual([]);
  });
});
