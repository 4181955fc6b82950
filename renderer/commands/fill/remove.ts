import { isEmpty } from '../../../core/raster/bounds.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { report } from '../report.ts';
import { orderFill } from './order.ts';
import { request } from './run.ts';
import { nextSeed } from './seed.ts';

/** One planned by the model and one by patches of the picture: the better is taken. */
const TRIED = 2;

/**
 * Fills what a stroke covers, as the Fill panel is set, and makes the result part of the picture at once: one undo step.
 * "Fill again" makes others for the same place. Never rejects: what goes wrong becomes a notice.
 */
export async function remove(editor: Editor, document: OpenDocument, covered: Raster): Promise<void> {
  if (isEmpty(covered)) return;
  document.removing = covered;
  try {
    const order = orderFill(editor, { ...document.current, selection: covered, frame: null });
    const seed = nextSeed(editor.fillSettings);
    await request(editor, document, {
      order: { ...order, candidates: TRIED },
      ...seed,
      acceptedAs: 'Remove',
    });
  } catch (error) {
    document.removing = null;
    report(editor, error);
  }
}
