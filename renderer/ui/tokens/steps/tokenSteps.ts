import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { holeCells } from '../../../commands/tokens/cells/hole.ts';

/** What a newcomer to tokens has done so far. */
export interface CompletedSteps {
  readonly ready: boolean; // there is a current code, and a tool that paints it
  readonly painted: boolean;
  readonly suggested: boolean; // something that the model suggested was taken
  readonly erased: boolean; // there is a hole
  readonly hinted: boolean; // with a token that stays in it
  readonly filled: boolean; // around such a token
}

/** What a newcomer to tokens does, in order. */
export const TOKEN_STEPS = [
  'Pick a code, paint a square; the picture follows.',
  'Paint a square of the picture with the current code.',
  'Ask what the model would put in a square, and take one of its suggestions.',
  'Erase some squares: they become a hole.',
  'Paint a square in the hole as a hint; it is pinned by itself.',
  'Fill: the model makes the rest of the hole fit your hint.',
] as const;

/** Which of the steps is next; their number when all are done. */
export function tokenStep({ ready, painted, suggested, erased, hinted, filled }: CompletedSteps): number {
  if (filled) return TOKEN_STEPS.length;
  if (!painted) return ready ? 1 : 0;
  if (!suggested) return 2;
  if (!erased) return 3;
  return hinted ? 5 : 4;
}

const PAINTING: ReadonlySet<string> = new Set([
  'token-brush',
  'token-line',
  'token-rectangle',
  'token-bucket',
]);

/** What was done with the tokens of a document, as its history and its tokens tell. */
export function completedSteps({ tools, tokenTools }: Editor, document: OpenDocument): CompletedSteps {
  const { current, history, tokenWork } = document;
  const came = (kind: string): boolean =>
    current.tokens.some(({ provenance }) => provenance.some((each) => each.kind === kind));
  const hole = holeCells(document);
  return {
    ready: tokenTools.code !== null && PAINTING.has(tools.chosen),
    painted: came('painted'),
    suggested: history.entries.some(({ label }) => label === /* @wc-ignore */ 'Take suggestion'),
    erased: hole.size > 0,
    hinted: tokenWork.frameTokens?.tokens.pins.some((cell) => hole.has(cell)) === true,
    filled: came('pinned'),
  };
}
