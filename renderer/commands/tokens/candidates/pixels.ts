import type { AbortNotice } from '../../../../core/contract/clients.ts';
import type { PixelPatch } from '../../../../core/pixels/picture.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { WaitingCandidate } from '../../../state/fillSession.svelte.ts';
import { readyPackage } from '../../fill/package.ts';
import { frameToFill } from '../../../../core/fill/planFills.ts';

/**
 * What a candidate would look like in one of its frames with other tokens in the hole, laid into the picture that its
 * fill saw. `ids` are those of the whole frame, MASK where still missing.
 */
export async function composePixels(
  editor: Editor,
  { order, picture, frames, package: made }: WaitingCandidate,
  frame: number,
  ids: Int32Array,
  signal: AbortNotice,
): Promise<PixelPatch> {
  const ref = editor.refOf(made);
  await readyPackage(editor, ref, signal);
  const { hole, known, tokens } = frames[frame]!;
  const { feather, detail, texture, strength } = order;
  const source = { picture, selection: order.selection };
  const seen = frameToFill(source, order.plans[frame]!, feather, tokens);
  const params = {
    package: ref,
    frame: seen,
    hole,
    known,
    ids,
    feather,
    detail,
    texture,
    repair: strength !== null,
  };
  return editor.engine.call('fill.compose', params, { signal });
}
