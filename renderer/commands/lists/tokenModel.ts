import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { HeatKind } from '../../state/tokens/tokenWork.svelte.ts';
import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { branch, canBranch } from '../tokens/candidates/branch.ts';
import { comparable, compareNext } from '../tokens/candidates/compare.ts';
import { scrubBy, scrubOf } from '../tokens/candidates/scrub.ts';
import { hideHeat, measure, selectLeastLikely } from '../tokens/model/heat.ts';
import { closeSuggestions, stepSuggestion, suggest, takeSuggestion } from '../tokens/model/suggest.ts';

const CALM = { duringGesture: true } as const;

/** What the model is asked about tokens; while suggestions are open, their keys are theirs. */
export const tokenModelCommands: readonly Command[] = [
  defineCommand(
    'tokens.suggest',
    forDocument(
      (document, editor) => suggest(editor, document, askable(document)),
      (document) => askable(document).length > 0,
    ),
  ),
  defineCommand('tokens.next-suggestion', {
    ...CALM,
    repeats: true,
    ...forDocument((document) => {
      stepSuggestion(document, 1);
    }, hasSuggestions),
  }),
  defineCommand('tokens.previous-suggestion', {
    ...CALM,
    repeats: true,
    ...forDocument((document) => {
      stepSuggestion(document, -1);
    }, hasSuggestions),
  }),
  defineCommand(
    'tokens.take-suggestion',
    forDocument((document, editor) => takeSuggestion(editor, document), hasSuggestions),
  ),
  defineCommand('tokens.close-suggestions', {
    ...CALM,
    ...forDocument(closeSuggestions, ({ tokenWork }) => tokenWork.asking || tokenWork.asked !== null),
  }),
  measuring('confidence'),
  measuring('entropy'),
  measuring('error'),
  defineCommand('tokens.hide-heat', {
    ...CALM,
    ...forDocument(hideHeat, ({ tokenWork }) => tokenWork.heat !== null || tokenWork.measuring !== null),
  }),
  defineCommand(
    'tokens.select-least-likely',
    forDocument((document, editor) => selectLeastLikely(editor, document)),
  ),
  defineCommand('tokens.compare-next', {
    ...CALM,
    ...forDocument(compareNext, (document) => comparable(document).length > 0),
  }),
  defineCommand('tokens.scrub-back', {
    ...CALM,
    repeats: true,
    ...forDocument(
      (document, editor) => {
        scrubBy(editor, document, -1);
      },
      (document) => stepsOf(document) > 0,
    ),
  }),
  defineCommand('tokens.scrub-forward', {
    ...CALM,
    repeats: true,
    ...forDocument(
      (document, editor) => {
        scrubBy(editor, document, 1);
      },
      (document) => scrubOf(document) !== null,
    ),
  }),
  defineCommand(
    'tokens.branch-other',
    forDocument(
      (document, editor) => branch(editor, document, 'other'),
      (document) => canBranch(document, 'other'),
    ),
  ),
  defineCommand(
    'tokens.branch-same',
    forDocument(
      (document, editor) => branch(editor, document, 'same'),
      (document) => canBranch(document, 'same'),
    ),
  ),
];

function measuring(kind: HeatKind): Command {
  return defineCommand(`tokens.measure-${kind}`, {
    ...CALM,
    ...forDocument((document, editor) => measure(editor, document, kind)),
    checked: ({ active }) => active?.tokenWork.heat?.kind === kind,
  });
}

/** The cells that a question is about. */
function askable({ tokenWork: { chosen, cell } }: OpenDocument): readonly number[] {
  return chosen.length > 0 || cell === null ? chosen : [cell];
}

function hasSuggestions({ tokenWork }: OpenDocument): boolean {
  return tokenWork.asked !== null;
}

function stepsOf(document: OpenDocument): number {
  const frame = scrubOf(document)?.frame ?? 0;
  return document.fill.current?.frames[frame]?.trace.length ?? 0;
}
