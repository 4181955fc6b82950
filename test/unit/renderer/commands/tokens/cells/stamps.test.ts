import { describe, expect, it } from 'vitest';
import { stampFromText, stampToText } from '../../../../../../core/tokens/stamp.ts';
import { createGrid } from '../../../../../../core/tokens/grid.ts';
import { run } from '../../../../../../renderer/commands/registry.ts';
import { eraseCells } from '../../../../../../renderer/commands/tokens/cells/cells.ts';
import {
  copyTokens,
  pasteTokens,
  takeStampFrom,
} from '../../../../../../renderer/commands/tokens/cells/stamps.ts';
import { openPicture, PACKAGE } from '../../../support/editor.ts';
import { answerEncode, tokensBench, type TokensBench } from '../tokenEngine.ts';

const OTHER = { id: 'tessera-large', sha256: 'cd'.repeat(32) };

/** A bench whose clipboard holds text. */
async function clipboardBench(text = ''): Promise<TokensBench & { copied: () => string }> {
  const bench = await tokensBench();
  let copied = text;
  bench.main.answers['clipboard.readText'] = () => ({ text: copied });
  bench.main.answers['clipboard.writeText'] = (params) => {
    copied = params.text;
    return null;
  };
  return { ...bench, copied: () => copied };
}

describe('copying tokens', () => {
  it('takes those that are chosen, else those of the hole, else all', async () => {
    const bench = await clipboardBench();
    const { editor, document, copied } = bench;
    await copyTokens(editor, document);
    expect(stampFromText(copied()).grid).toMatchObject({ width: 16, height: 16 });
    eraseCells(document, [17, 34]);
    await copyTokens(editor, document);
    expect(stampFromText(copied()).grid).toEqual(createGrid(2, 2, [8, -1, -1, 16]));
    document.tokenWork.chosen = [5];
    await copyTokens(editor, document);
    expect(stampFromText(copied())).toMatchObject({
      package: { id: PACKAGE.id, sha256: PACKAGE.sha256 },
      grid: createGrid(1, 1, [40]),
    });
    expect(editor.notices.list[0]!.message).toBe('Copied 1 × 1 tokens.');
  });

  it('is what Copy and Paste mean while a token tool is current', async () => {
    const bench = await clipboardBench();
    const { editor, document } = bench;
    document.tokenWork.chosen = [5];
    editor.tools.chosen = 'token-brush';
    await run(editor, 'edit.copy');
    await run(editor, 'edit.paste');
    expect(editor.tokenTools.stamp!.grid).toEqual(createGrid(1, 1, [40]));
    expect(editor.tools.chosen).toBe('token-stamp');
    expect(bench.main.paramsOf('clipboard.writePicture')).toEqual([]);
  });
});

describe('pasting tokens', () => {
  it('is refused in a sentence where they are another package’s, or none', async () => {
    const stamp = { package: OTHER, grid: createGrid(1, 1, [3]) };
    const { editor } = await clipboardBench(stampToText(stamp));
    await expect(pasteTokens(editor)).rejects.toMatchObject({
      message: 'These tokens were made with the package tessera-large, and tessera-base is in use.',
    });
    const empty = await clipboardBench();
    await expect(pasteTokens(empty.editor)).rejects.toThrow('The clipboard holds no text.');
    const prose = await clipboardBench('hello');
    await expect(pasteTokens(prose.editor)).rejects.toThrow('no tokens that can be pasted');
    expect([editor.tokenTools.stamp, editor.tools.chosen]).toEqual([null, 'brush']);
  });

  it.each(['', 'https://example.org/cat.png'])(
    'is pasting a picture where the text is “%s”',
    async (text) => {
      const bench = await clipboardBench(text);
      bench.main.answers['clipboard.readPicture'] = () => null;
      bench.editor.tools.chosen = 'token-stamp';
      await run(bench.editor, 'edit.paste');
      expect(bench.editor.notices.list[0]!.message).toBe('The clipboard holds no picture.');
    },
  );
});

describe('the stamp', () => {
  it('goes from one picture to another', async () => {
    const bench = await tokensBench();
    await takeStampFrom(bench.editor, bench.document, [1, 2]);
    openPicture(bench);
    expect(bench.editor.tokenTools.stamp!.grid).toEqual(createGrid(2, 1, [8, 16]));
  });

  it('waits for the tokens of the picture it is taken from', async () => {
    const bench = await tokensBench();
    const other = openPicture(bench);
    const taking = takeStampFrom(bench.editor, other, [3]);
    await answerEncode(bench);
    await taking;
    expect(bench.editor.tokenTools.stamp!.grid.ids).toEqual(Int32Array.of(24));
  });

  it('is turned over by commands', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    document.tokenWork.chosen = [1, 2, 17];
    await run(editor, 'tokens.take-stamp');
    expect(editor.tools.chosen).toBe('token-stamp');
    await run(editor, 'tokens.flip-horizontal');
    expect(editor.tokenTools.stamp!.grid).toEqual(createGrid(2, 2, [16, 8, -1, 8]));
    await run(editor, 'tokens.flip-vertical');
    expect(editor.tokenTools.stamp!.grid).toEqual(createGrid(2, 2, [-1, 8, 16, 8]));
  });
});
