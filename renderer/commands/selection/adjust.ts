import { applyPatch } from '../../../core/raster/patch.ts';
import type { Raster, RasterPatch } from '../../../core/raster/raster.ts';
import { featherSelection, growSelection, shrinkSelection } from '../../../core/selection/reshape.ts';

import type { Editor } from '../../state/editor.svelte.ts';
import { report } from '../report.ts';

/** What can be done to a selection by a number of px. */
export type Adjustment = 'grow' | 'shrink' | 'feather';

const KERNELS: Readonly<Record<Adjustment, (selection: Raster, px: number) => RasterPatch>> = {
  grow: growSelection,
  shrink: shrinkSelection,
  feather: featherSelection,
};

const TITLES: Readonly<Record<Adjustment, string>> = {
  grow: 'Grow selection',
  shrink: 'Shrink selection',
  feather: 'Feather selection',
};

const PAUSE = 30; // ms: a number that is dragged is tried out where it rests

/** Makes the selection larger by `px` all around. */
export function growBy(editor: Editor, px: number): void {
  adjust(editor, 'grow', px);
}

/** Makes the selection smaller by `px` all around. */
export function shrinkBy(editor: Editor, px: number): void {
  adjust(editor, 'shrink', px);
}

/** Makes the border of the selection soft over `px`. */
export function featherBy(editor: Editor, px: number): void {
  adjust(editor, 'feather', px);
}

/** Shows what an adjustment would make, until it is made or {@link endPreview} is called. */
export function previewAdjustment(editor: Editor, kind: Adjustment, px: number): void {
  const document = editor.active;
  if (!document) return;
  clearTimeout(editor.previewTimer);
  editor.previewTimer = setTimeout(() => {
    try {
      const { selection } = document.current;
      document.live = px > 0 ? { selection: applyPatch(selection, KERNELS[kind](selection, px)) } : null;
    } catch (error) {
      report(editor, error);
    }
  }, PAUSE);
}

/** Shows the selection as it is. */
export function endPreview(editor: Editor): void {
  if (editor.previewTimer === undefined) return;
  clearTimeout(editor.previewTimer);
  editor.previewTimer = undefined;
  if (editor.active) editor.active.live = null;
}

function adjust(editor: Editor, kind: Adjustment, px: number): void {
  endPreview(editor);
  const document = editor.active;
  if (!document || px <= 0) return;
  try {
    const selection = KERNELS[kind](document.current.selection, px);
    document.commit(TITLES[kind], { selection }, [{ kind: 'length', of: 'by', px }]);
  } catch (error) {
    report(editor, error);
  }
}
