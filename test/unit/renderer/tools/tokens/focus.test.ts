import { describe, expect, it } from 'vitest';
import { frameSeen } from '../../../../../renderer/state/tokens/tokensSeen.ts';
import { createTokenBench } from './bench.ts';

const RIGHT = { x: 1, y: 0 };
const DOWN = { x: 0, y: 1 };

/** A bench whose keyboard is at cell 18. */
function atKeyboard(): ReturnType<typeof createTokenBench> {
  const bench = createTokenBench();
  bench.document.tokenWork.focus = 18;
  bench.editor.tokenTools.code = 7;
  return bench;
}

describe('the keyboard', () => {
  it('paints where it is, and stays there', async () => {
    const { tool, finish, painted, document, labels } = atKeyboard();
    tool('token-brush').press!();
    await finish();
    expect(painted()).toEqual({ 18: 7 });
    expect(labels()).toHaveLength(1);
    expect(document.tokenWork.focus).toBe(18);
  });

  it('draws a rectangle from one press to the next, which arrows lead to', async () => {
    const { tool, finish, painted, labels } = atKeyboard();
    const hand = tool('token-rectangle');
    hand.press!();
    hand.nudge!(RIGHT, false);
    hand.nudge!(DOWN, false);
    expect(hand.overlays()).toMatchObject([{ kind: 'tokens' }]);
    expect(labels()).toEqual([]);
    hand.press!();
    await finish();
    expect(painted()).toEqual({ 18: 7, 19: 7, 34: 7, 35: 7 });
    expect(labels()).toHaveLength(1);
    expect(hand.overlays()).toEqual([]);
  });

  it('gives a line up on Escape', async () => {
    const { tool, finish, painted, editor } = atKeyboard();
    const hand = tool('token-line');
    hand.press!();
    hand.nudge!(RIGHT, false);
    editor.gesture!.cancel();
    hand.nudge!(RIGHT, false);
    await finish();
    expect(painted()).toEqual({});
  });

  it('fills with the bucket', async () => {
    const { tool, finish, painted, document } = atKeyboard();
    document.tokenWork.focus = 17; // alone with its code
    tool('token-bucket').press!();
    await finish();
    expect(painted()).toEqual({ 17: 7 });
  });

  it('goes on beside a frame that ends on the picture', () => {
    const { tool, document, editor } = atKeyboard();
    const { tokenWork } = document;
    // The frame of a fill that holds the left half only.
    const rect = { x: 0, y: 0, width: 64, height: 128 };
    const half = { rect, scale: 1, columns: 8, rows: 16 };
    const { tokens } = tokenWork.frameTokens!;
    tokenWork.frameTokens = { ...tokenWork.frameTokens!, tokens: { ...tokens, frame: half } };
    tokenWork.focus = 7;
    tool('token-brush').nudge!(RIGHT, false);
    expect(frameSeen(editor, document)!.rect).toEqual({ x: 0, y: 0, width: 128, height: 128 });
    expect(tokenWork.focus).toBe(8);
  });

  it('does nothing where it is at no cell', async () => {
    const { tool, finish, painted, document } = atKeyboard();
    document.tokenWork.focus = null;
    tool('token-brush').press!();
    await finish();
    expect(painted()).toEqual({});
  });
});
