import { expect, it } from 'vitest';
import type { FrameTokens } from '../../../../../core/document/document.ts';
import { createGrid } from '../../../../../core/tokens/grid.ts';
import type { Provenance } from '../../../../../core/tokens/provenance.ts';
import {
  completedSteps,
  TOKEN_STEPS,
  tokenStep,
} from '../../../../../renderer/ui/tokens/steps/tokenSteps.ts';
import { createBench, openPicture, select } from '../../support/editor.ts';

const NOTHING = {
  ready: false,
  painted: false,
  suggested: false,
  erased: false,
  hinted: false,
  filled: false,
};

it('leads a newcomer from a code to a fill around a hint', () => {
  const steps = ['ready', 'painted', 'suggested', 'erased', 'hinted', 'filled'] as const;
  const done = { ...NOTHING };
  expect(tokenStep(done)).toBe(0);
  steps.forEach((step, index) => {
    done[step] = true;
    expect(tokenStep(done)).toBe(index + 1);
  });
  expect(steps).toHaveLength(TOKEN_STEPS.length);
});

it('sees in the document what was done', () => {
  const bench = createBench();
  const { editor } = bench;
  const document = openPicture(bench, { x: 0, y: 0, width: 32, height: 16 });
  expect(completedSteps(editor, document)).toEqual(NOTHING);

  const tokens = tokensOf(['painted', 'encoded'], [0]);
  editor.tools.chosen = 'token-brush';
  editor.tokenTools.take(7, 'tessera-base');
  document.commit('Paint tokens', { tokens: { before: [], after: [tokens] } });
  document.commit('Take suggestion', { tokens: { before: [tokens], after: [{ ...tokens }] } });
  document.tokenWork.frameTokens = { tokens, picture: document.picture, errors: null };
  select(document, { x: 0, y: 0, width: 16, height: 16 });
  expect(completedSteps(editor, document)).toEqual({
    ready: true,
    painted: true,
    suggested: true,
    erased: true,
    hinted: true,
    filled: false,
  });

  const filled = tokensOf(['pinned', 'filled'], []);
  document.commit('Fill', { tokens: { before: document.current.tokens, after: [filled] } });
  expect(completedSteps(editor, document).filled).toBe(true);
});

function tokensOf(kinds: readonly Provenance['kind'][], pins: readonly number[]): FrameTokens {
  return {
    package: { id: 'tessera-base', sha256: 'ab'.repeat(32) },
    frame: { rect: { x: 0, y: 0, width: 32, height: 16 }, scale: 2, columns: 2, rows: 1 },
    grid: createGrid(2, 1, [1, 2]),
    pins,
    provenance: kinds.map((kind) => (kind === 'filled' ? { kind, step: 1, probability: 1 } : { kind })),
  };
}
