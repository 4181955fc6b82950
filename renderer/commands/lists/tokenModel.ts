import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { HeatKind } from '../../state/tokens/tokenWork.svelte.ts';
import type { Command } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { branch, canBranch } from '../tokens/candidates/branch.ts';
import { comparable, compareNext } from '../tokens/candidates/compare.ts';
import { scrubBy, scrubOf } from '../tokens/candidates/scrub.ts';
import { hideHeat, measure, selectLeastLikely } from '../tokens/model/heat.ts';
import { closeSuggestions, stepSuggestion, suggest, takeSuggestion } from '../tokens/model/suggest.ts';

const GROUP = { group: 'Tokens' } as const;
const CALM = { ...GROUP, duringGesture: true } as const;

/** What the model is asked about tokens; while suggestions are open, their keys are theirs. */
export const tokenModelCommands: readonly Command[] = [
  {
    ...GROUP,
    id: 'tokens.suggest',
    title: 'Ask for suggestions',
    shortcuts: ['Shift+A'],
    hint: 'The codes that the model finds likeliest for the chosen tokens, or for the one under the pointer.',
    ...forDocument(
      (document, editor) => suggest(editor, document, askable(document)),
      (document) => askable(document).length > 0,
    ),
  },
  {
    ...CALM,
    id: 'tokens.next-suggestion',
    title: 'Next suggestion',
    shortcuts: ['ArrowRight', 'ArrowDown'],
    repeats: true,
    ...forDocument((document) => {
      stepSuggestion(document, 1);
    }, hasSuggestions),
  },
  {
    ...CALM,
    id: 'tokens.previous-suggestion',
    title: 'Previous suggestion',
    shortcuts: ['ArrowLeft', 'ArrowUp'],
    repeats: true,
    ...forDocument((document) => {
      stepSuggestion(document, -1);
    }, hasSuggestions),
  },
  {
    ...GROUP,
    id: 'tokens.take-suggestion',
    title: 'Take suggestion',
    shortcuts: ['Enter'],
    hint: 'Paints the suggestion that is tried on, or else the likeliest.',
    ...forDocument((document, editor) => takeSuggestion(editor, document), hasSuggestions),
  },
  {
    ...CALM,
    id: 'tokens.close-suggestions',
    title: 'Close suggestions',
    shortcuts: ['Escape'],
    ...forDocument(closeSuggestions, ({ tokenWork }) => tokenWork.asking || tokenWork.asked !== null),
  },
  measuring('confidence', 'Measure confidence', 'How probable the model finds each token, given all others.'),
  measuring('entropy', 'Measure entropy', 'How undecided the model is about each token, in bits.'),
  measuring('error', 'Measure error', 'What the tokenizer loses in each token, in levels of 0 to 255.'),
  {
    ...CALM,
    id: 'tokens.hide-heat',
    title: 'Hide heat map',
    ...forDocument(hideHeat, ({ tokenWork }) => tokenWork.heat !== null || tokenWork.measuring !== null),
  },
  {
    ...GROUP,
    id: 'tokens.select-least-likely',
    title: 'Select the least likely',
    hint: 'Makes the tokens that the model believes in least the hole of the next fill.',
    ...forDocument((document, editor) => selectLeastLikely(editor, document)),
  },
  {
    ...CALM,
    id: 'tokens.compare-next',
    title: 'Compare with next candidate',
    shortcuts: ['Alt+C'],
    hint: 'Marks the tokens in which another candidate of the same fill differs; after the last one, none.',
    ...forDocument(compareNext, (document) => comparable(document).length > 0),
  },
  {
    ...CALM,
    id: 'tokens.scrub-back',
    title: 'Scrub back',
    shortcuts: ['Alt+ArrowLeft'],
    hint: 'Shows the candidate as it was a step earlier.',
    repeats: true,
    ...forDocument(
      (document, editor) => {
        scrubBy(editor, document, -1);
      },
      (document) => stepsOf(document) > 0,
    ),
  },
  {
    ...CALM,
    id: 'tokens.scrub-forward',
    title: 'Scrub forward',
    shortcuts: ['Alt+ArrowRight'],
    hint: 'Shows the candidate as it was a step later, or as it became.',
    repeats: true,
    ...forDocument(
      (document, editor) => {
        scrubBy(editor, document, 1);
      },
      (document) => scrubOf(document) !== null,
    ),
  },
  {
    ...GROUP,
    id: 'tokens.branch-other',
    title: 'Branch with another seed',
    shortcuts: ['Alt+Enter'],
    hint: 'Fills again from the step that is shown; what comes of it joins the candidates.',
    ...forDocument(
      (document, editor) => branch(editor, document, 'other'),
      (document) => canBranch(document, 'other'),
    ),
  },
  {
    ...GROUP,
    id: 'tokens.branch-same',
    title: 'Branch with the same seed',
    hint: 'Repeats the rest of the fill exactly, from the step that is shown.',
    ...forDocument(
      (document, editor) => branch(editor, document, 'same'),
      (document) => canBranch(document, 'same'),
    ),
  },
];

function measuring(kind: HeatKind, title: string, hint: string): Command {
  return {
    ...CALM,
    id: `tokens.measure-${kind}`,
    title,
    hint,
    ...forDocument((document, editor) => measure(editor, document, kind)),
    checked: ({ active }) => active?.tokenWork.heat?.kind === kind,
  };
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
