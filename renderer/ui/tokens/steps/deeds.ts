import { holeCells } from '../../../commands/tokens/cells/hole.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { TokenDeeds } from './tokenStep.ts';

const PAINTING: ReadonlySet<string> = new Set([
  'token-brush',
  'token-line',
  'token-rectangle',
  'token-bucket',
]);

/** What was done with the tokens of a document, as its history and its tokens tell. */
export function deedsOf({ tools, tokenTools }: Editor, document: OpenDocument): TokenDeeds {
  const { current, history, tokenWork } = document;
  const came = (kind: string): boolean =>
    current.tokens.some(({ provenance }) => provenance.some((each) => each.kind === kind));
  const hole = holeCells(document);
  return {
    ready: tokenTools.code !== null && PAINTING.has(tools.chosen),
    painted: came('painted'),
    suggested: history.entries.some(({ label }) => label === 'Take suggestion'),
    erased: hole.size > 0,
    hinted: tokenWork.sheet?.tokens.pins.some((cell) => hole.has(cell)) === true,
    filled: came('pinned'),
  };
}
