import { expect, it } from 'vitest';
import { findReplace } from '../../../../../../renderer/commands/tokens/cells/replace.ts';
import { select } from '../../../support/editor.ts';
import { answerPaint, tokensBench } from '../tokenEngine.ts';

it('puts a code wherever others are, says how often, and is one step', async () => {
  const bench = await tokensBench();
  const { editor, document } = bench;
  const done = findReplace(editor, document, { from: new Set([8, 16]), to: 16, scope: 'frame' });
  await answerPaint(bench);
  await done;
  const { ids } = document.current.tokens[0]!.grid;
  expect([ids.includes(8), ids.filter((id) => id === 16).length]).toEqual([false, 32]);
  expect(editor.notices.list.map(({ message }) => message)).toEqual(['Replaced 16 tokens.']);
  expect(document.history.entries).toMatchObject([
    {
      label: 'Replace tokens',
      details: [
        { kind: 'count', of: 'tokens', count: 16 },
        { kind: 'code', id: 16 },
        { kind: 'replaced', codes: [8] },
      ],
    },
  ]);
});

it('keeps to the hole where it is told to', async () => {
  const bench = await tokensBench();
  select(bench.document, { x: 8, y: 8, width: 8, height: 1 });
  const done = findReplace(bench.editor, bench.document, { from: new Set([8]), to: 99, scope: 'selection' });
  const { cells } = await answerPaint(bench);
  await done;
  expect(cells).toEqual([17]);
  expect(bench.editor.notices.list[0]!.message).toBe('Replaced 1 token.');
});

it('says where there are none', async () => {
  const { editor, document } = await tokensBench();
  const codes = new Set([500]);
  await expect(findReplace(editor, document, { from: codes, to: 1, scope: 'frame' })).rejects.toThrow(
    'No token in the frame has the code 500.',
  );
  await expect(
    findReplace(editor, document, { from: new Set([8, 9]), to: 1, scope: 'selection' }),
  ).rejects.toThrow('No token in the selection has one of these codes.');
});
