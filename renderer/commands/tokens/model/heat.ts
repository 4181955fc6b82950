import { TesseraError } from '../../../../core/base/errors.ts';
import { combine } from '../../../../core/selection/combine.ts';
import type { Likelihoods } from '../../../../core/sampling/likelihoods.ts';
import { cellsMask } from '../../../../core/frames/cellRects.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { HeatKind, HeatMap, SeenTokens } from '../../../state/tokens/tokenWork.svelte.ts';
import { report } from '../../report.ts';
import { errorMap, heatFor, leastLikelyIn, likelihoodMap } from './maps.ts';
import { likelihoodsOf, whileMeasuring } from './measuring.ts';
import { frameChange } from '../paint/change.ts';
import { packageInUse } from '../../fill/order.ts';
import { readyTokens } from '../view/frameTokens.ts';
import { lacksErrors, renewErrors } from '../view/errors.ts';

/**
 * Measures every token of the frame and shows the figures. Confidence and entropy come of the same passes, so that the
 * second of them is there at once. Never rejects: what goes wrong is told.
 */
export async function measure(editor: Editor, document: OpenDocument, kind: HeatKind): Promise<void> {
  const heat = await whileMeasuring(editor, document, kind, (follow) =>
    kind === 'error'
      ? errorsNow(editor, document)
      : likelihoodsNow(editor, document, follow).then(([{ tokens }, likelihoods]) =>
          likelihoodMap(kind, tokens, likelihoods, packageInUse(editor).codes),
        ),
  );
  const { tokenWork } = document;
  if (heat) tokenWork.heat = tokenWork.frameTokens ? heatFor(heat, tokenWork.frameTokens) : heat;
}

/** Shows no figures any more, and waits for none. */
export function hideHeat({ tokenWork }: OpenDocument): void {
  tokenWork.measuring?.cancel();
  tokenWork.heat = null;
}

/**
 * Makes the tokens that the model finds least likely the hole, as one step: their squares become the selection. What is
 * pinned stays out of it. They are measured first if they were not. Never rejects: what goes wrong is told.
 */
export async function selectLeastLikely(editor: Editor, document: OpenDocument): Promise<void> {
  const measured = await whileMeasuring(editor, document, 'confidence', (follow) =>
    likelihoodsNow(editor, document, follow),
  );
  const { current, tokenWork } = document;
  if (!measured || measured[0].tokens !== tokenWork.frameTokens?.tokens) return; // something else is there by now
  const [{ tokens }, { probabilities }] = measured;
  const share = editor.tokenTools.leastLikely;
  const { cells, most } = leastLikelyIn(tokens, probabilities, share / 100, current.canvas);
  if (cells.length === 0) {
    report(editor, allPinned());
    return;
  }
  const mask = cellsMask(tokens.frame, cells, current.canvas);
  document.commit(
    'Select least likely tokens',
    { selection: combine(current.selection, mask, 'replace'), ...frameChange(current, tokens.frame) },
    [
      { kind: 'count', of: 'tokens', count: cells.length },
      { kind: 'share', of: 'share', share: share / 100 },
      { kind: 'share', of: 'confidence', share: most },
    ],
  );
}

function allPinned(): TesseraError {
  return new TesseraError('input', 'Every token is pinned.', 'Unpin those that may be drawn anew.');
}

async function likelihoodsNow(
  editor: Editor,
  document: OpenDocument,
  follow: Parameters<typeof likelihoodsOf>[3],
): Promise<[SeenTokens, Likelihoods]> {
  const frameTokens = await readyTokens(editor, document);
  return [frameTokens, await likelihoodsOf(editor, document, frameTokens.tokens, follow)];
}

async function errorsNow(editor: Editor, document: OpenDocument): Promise<HeatMap | null> {
  await readyTokens(editor, document);
  if (lacksErrors(document)) await renewErrors(editor, document, packageInUse(editor));
  const { frameTokens } = document.tokenWork;
  return frameTokens && errorMap(frameTokens);
}
