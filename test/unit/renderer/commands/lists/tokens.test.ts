import { describe, expect, it } from 'vitest';
import { createKeyboard } from '../../../../../renderer/commands/keyboard.ts';
import { commandById, run } from '../../../../../renderer/commands/registry.ts';
import { holeCells } from '../../../../../renderer/commands/tokens/cells/hole.ts';
import { readyTokens } from '../../../../../renderer/commands/tokens/view/frameTokens.ts';
import { settled } from '../../support/fakeEngine.ts';
import { input } from '../../support/keys.ts';
import { answerPaint, tokensBench, type TokensBench } from '../tokens/tokenEngine.ts';

async function keyBench(): Promise<TokensBench & { press: (keys: string) => boolean }> {
  const bench = await tokensBench();
  const keyboard = createKeyboard(bench.editor);
  bench.editor.tools.chosen = 'token-brush';
  return { ...bench, press: (keys) => keyboard.down(input(keys)) };
}

function entries({ document }: TokensBench): string[] {
  return document.history.entries.map(({ label }) => label);
}

describe('the keys of a token', () => {
  it('paint it, pin it and take it away', async () => {
    const bench = await keyBench();
    const { editor, document, press } = bench;
    document.tokenWork.focus = 17;
    editor.tokenTools.code = 77;
    expect(press('Shift+Enter')).toBe(true);
    await answerPaint(bench);
    await settled();
    const { tokens } = await readyTokens(editor, document);
    expect(tokens.grid.ids[17]).toBe(77);
    press('p');
    await readyTokens(editor, document);
    expect(document.tokenWork.frameTokens!.tokens.pins).toEqual([17]);
    press('p');
    await readyTokens(editor, document);
    press('Delete');
    expect([...holeCells(document)]).toEqual([17]);
    expect(entries(bench)).toEqual(['Paint token', 'Pin tokens', 'Unpin tokens', 'Erase tokens']);
    expect(editor.tools.chosen).toBe('token-brush');
  });

  it('mean all that are chosen, rather than the one at the pointer', async () => {
    const bench = await keyBench();
    const { document, press } = bench;
    document.tokenWork.hover = 40;
    document.tokenWork.chosen = [1, 2];
    press('Delete');
    expect([...holeCells(document)]).toEqual([1, 2]);
  });

  it('make a code current, and say where there is none', async () => {
    const { editor, document, press } = await keyBench();
    document.tokenWork.hover = 2;
    press('Shift+Enter');
    await settled();
    expect(editor.notices.list[0]!.message).toBe('No code is selected.');
    press('Shift+I');
    expect(editor.tokenTools.code).toBe(16);
  });

  it('are the tools’ while the pointer is at work, and nobody’s with another tool', async () => {
    const bench = await keyBench();
    const { editor, document, press } = bench;
    document.tokenWork.hover = 17;
    press('p');
    expect(editor.tools.chosen).toBe('token-pin');
    editor.tools.chosen = 'brush';
    expect(press('Delete')).toBe(false);
    await run(editor, 'tokens.erase'); // by a button or the menu it can be done
    expect(entries(bench)).toEqual(['Erase tokens']);
  });
});

describe('commands for tokens', () => {
  it('can be used where there is something to use them on', async () => {
    const { editor, document } = await tokensBench();
    const enabled = (id: string): boolean => commandById(id).enabled(editor);
    for (const id of [
      'paint',
      'pick',
      'erase',
      'restore',
      'pin',
      'take-stamp',
      'flip-vertical',
      'copy-command',
    ]) {
      expect(enabled(`tokens.${id}`), id).toBe(false);
    }
    document.tokenWork.focus = 3;
    for (const id of ['paint', 'pick', 'erase', 'restore', 'pin', 'take-stamp', 'export', 'import']) {
      expect(enabled(`tokens.${id}`), id).toBe(true);
    }
  });

  it('show the grid, and hide it', async () => {
    const { editor } = await tokensBench();
    await run(editor, 'view.token-grid');
    expect(editor.preferences.tokenGrid).toBe(true);
    await run(editor, 'view.token-grid');
    expect(editor.preferences.tokenGrid).toBe(false);
  });
});
