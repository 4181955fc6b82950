import { uniteRects } from '../../../core/base/geometry.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { type Command, defineCommand } from '../command.ts';
import { acceptShown, keepForLater } from '../fill/accept.ts';
import { cancelFill, fill, fillAgain, repair } from '../fill/run.ts';
import { repairLeastLikely } from '../fill/repairLeastLikely.ts';
import { takeSeed } from '../fill/seed.ts';
import { forDocument } from '../forDocument.ts';

const CALM = { duringGesture: true } as const;

export const fillCommands: readonly Command[] = [
  defineCommand('fill.accept', forDocument(acceptShown, hasCandidates)),
  defineCommand(
    'fill.run',
    forDocument((document, editor) => fill(editor, document)),
  ),
  defineCommand(
    'fill.repair',
    forDocument((document, editor) => repair(editor, document)),
  ),
  defineCommand(
    'fill.repair-least-likely',
    forDocument((document, editor) => repairLeastLikely(editor, document)),
  ),
  defineCommand('fill.cancel', { ...CALM, ...forDocument(cancelFill, ({ fill }) => fill.job !== null) }),
  defineCommand(
    'fill.again',
    forDocument(
      (document, editor) => fillAgain(editor, document),
      ({ fill }) => fill.last !== null,
    ),
  ),
  defineCommand('fill.next', {
    ...CALM,
    repeats: true,
    ...forDocument(({ fill }) => {
      fill.show(1);
    }, hasCandidates),
  }),
  defineCommand('fill.previous', {
    ...CALM,
    repeats: true,
    ...forDocument(({ fill }) => {
      fill.show(-1);
    }, hasCandidates),
  }),
  defineCommand('fill.keep', forDocument(keepForLater, hasCandidates)),
  defineCommand('fill.use-seed', {
    ...CALM,
    ...forDocument(({ fill }, { fillSettings }) => {
      const { seed, number } = fill.current!;
      takeSeed(fillSettings, { seed, first: number - 1 });
      fillSettings.seedLocked = true;
    }, hasCandidates),
  }),
  defineCommand('fill.discard', {
    ...CALM,
    ...forDocument(({ fill }) => {
      fill.remove(({ id }) => id === fill.currentId);
    }, hasCandidates),
  }),
  defineCommand('fill.discard-all', {
    ...CALM,
    ...forDocument(({ fill }) => {
      fill.remove(() => true);
    }, hasCandidates),
  }),
  defineCommand('fill.large-candidates', {
    ...CALM,
    enabled: () => true,
    checked: ({ preferences }) => preferences.largeCandidates,
    run: ({ preferences }) => {
      preferences.largeCandidates = !preferences.largeCandidates;
    },
  }),
  defineCommand('fill.side-by-side', {
    ...CALM,
    checked: ({ active }) => active?.fill.sideBySide ?? false,
    ...forDocument(
      ({ fill }) => {
        fill.sideBySide = !fill.sideBySide;
      },
      ({ fill }) => fill.candidates.length > 1,
    ),
  }),
  defineCommand('fill.reveal-frame', {
    ...CALM,
    ...forDocument(revealFrames, (document) => framesOf(document).length > 0),
  }),
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
