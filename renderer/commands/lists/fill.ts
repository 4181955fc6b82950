import { uniteRects } from '../../../core/base/geometry.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Command } from '../command.ts';
import { acceptShown } from '../fill/accept.ts';
import { cancelFill, fill, fillAgain } from '../fill/run.ts';
import { forDocument } from '../forDocument.ts';

const GROUP = { group: 'Fill' } as const;
const CALM = { ...GROUP, duringGesture: true } as const;

export const fillCommands: readonly Command[] = [
  {
    ...GROUP,
    id: 'fill.accept',
    title: 'Accept candidate',
    shortcuts: ['Enter'],
    hint: 'Makes the candidate that is shown part of the picture. Without candidates, Enter fills.',
    ...forDocument(acceptShown, hasCandidates),
  },
  {
    ...GROUP,
    id: 'fill.run',
    title: 'Fill',
    shortcuts: ['Enter', 'Mod+Enter'],
    hint: 'Refills what is selected. While candidates wait, Enter accepts the one that is shown instead.',
    ...forDocument((document, editor) => fill(editor, document)),
  },
  {
    ...CALM,
    id: 'fill.cancel',
    title: 'Cancel fill',
    shortcuts: ['Escape'],
    ...forDocument(cancelFill, ({ fill }) => fill.job !== null),
  },
  {
    ...GROUP,
    id: 'fill.again',
    title: 'Fill again',
    shortcuts: ['Mod+Shift+Enter'],
    hint: 'The last fill once more, with another seed; its candidates join those that wait.',
    ...forDocument(
      (document, editor) => fillAgain(editor, document),
      ({ fill }) => fill.last !== null,
    ),
  },
  {
    ...CALM,
    id: 'fill.next',
    title: 'Next candidate',
    shortcuts: ['ArrowRight'],
    repeats: true,
    ...forDocument(({ fill }) => {
      fill.show(1);
    }, hasCandidates),
  },
  {
    ...CALM,
    id: 'fill.previous',
    title: 'Previous candidate',
    shortcuts: ['ArrowLeft'],
    repeats: true,
    ...forDocument(({ fill }) => {
      fill.show(-1);
    }, hasCandidates),
  },
  {
    ...CALM,
    id: 'fill.discard',
    title: 'Discard candidate',
    shortcuts: ['Delete', 'Backspace'],
    hint: 'Throws away the candidate that is shown; the others stay.',
    ...forDocument(({ fill }) => {
      fill.remove(({ id }) => id === fill.currentId);
    }, hasCandidates),
  },
  {
    ...CALM,
    id: 'fill.discard-all',
    title: 'Discard all candidates',
    shortcuts: ['Shift+Delete', 'Shift+Backspace'],
    ...forDocument(({ fill }) => {
      fill.remove(() => true);
    }, hasCandidates),
  },
  {
    ...CALM,
    id: 'fill.reveal-frame',
    title: 'Show the frame',
    hint: 'Moves the view to where the fill works.',
    ...forDocument(revealFrames, (document) => framesOf(document).length > 0),
  },
];

function hasCandidates({ fill }: OpenDocument): boolean {
  return fill.candidates.length > 0;
}

function revealFrames(document: OpenDocument): void {
  const rects = framesOf(document).map(({ frame }) => frame.rect);
  if (rects.length > 0) document.view.fit(rects.reduce(uniteRects));
}

/** The frames that matter now: of the fill under way, of the candidate that is shown, or of the next fill. */
function framesOf({ fill }: OpenDocument) {
  return fill.job?.plans ?? fill.current?.order.plans ?? fill.plans;
}
