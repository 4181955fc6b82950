import {
  comparable,
  compareWith,
  differingCells,
  otherOf,
} from '../../commands/tokens/candidates/compare.ts';
import { mixCells } from '../../commands/tokens/candidates/mix.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { ToolTokens, TokenKind } from './cellGesture.ts';
import { brushKind } from './brushes.ts';

/** Paints the tokens of another candidate over the one that is shown; with the next one, where none is compared yet. */
export function mix(): TokenKind {
  return {
    ...brushKind('token-mix', 'picks', ({ editor, document, frame }) => {
      if (!otherOf(document)) compareWith(document, comparable(document)[0]?.id ?? null);
      const index = plansOf(document).findIndex((plan) => plan.frame === frame);
      return { sign: 'mix', finish: (cells) => mixCells(editor, document, cells, index) };
    }),
    tokensAt: candidateTokens,
    nothing: 'Needs two candidates of one fill',
  };
}

/** The frames of the candidate that is shown, and the cells in which the one that it is compared with differs. */
export function differences(document: OpenDocument): { readonly frame: Frame; readonly cells: Int32Array }[] {
  if (!otherOf(document)) return [];
  return plansOf(document).map(({ frame }, index) => ({ frame, cells: differingCells(document, index) }));
}

/** The tokens of the candidate that is shown, in the frame under a point of the document (px). */
function candidateTokens(editor: Editor, document: OpenDocument, at: Point): ToolTokens | null {
  const { current } = document.fill;
  if (!current || comparable(document).length === 0) return null;
  const plans = plansOf(document);
  const index = Math.max(
    0,
    plans.findIndex(({ frame }) => cellAt(frame, at.x, at.y) !== null),
  );
  const plan = plans[index];
  const shown = current.frames[index];
  return plan && shown
    ? { editor, document, frame: plan.frame, grid: shown.grid, package: current.package }
    : null;
}

function plansOf({ fill }: OpenDocument): readonly FramePlan[] {
  return fill.current?.order.plans ?? [];
}
