import { TesseraError } from '../../../core/base/errors.ts';
import { applyPatch } from '../../../core/raster/patch.ts';
import { selectEmpty } from '../../../core/selection/empty.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';

/** Makes all that is empty in the picture the selection, so that a fill makes it. */
export function selectWhatIsEmpty(document: OpenDocument): void {
  const { selection, picture } = document.current;
  const patch = selectEmpty(selection, picture);
  if (applyPatch(selection, patch).tiles.size === 0) {
    throw new TesseraError(
      'input',
      'Nothing of the picture is empty.',
      'Extend the picture, or move its parts apart on a larger canvas.',
    );
  }
  document.commit('Select transparent areas', { selection: patch });
}
