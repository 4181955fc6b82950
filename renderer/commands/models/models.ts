import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { report } from '../report.ts';
import type { Size } from '../../../core/base/geometry.ts';
import { selectAll } from '../../../core/selection/combine.ts';
import { fill } from '../fill/run.ts';
import { newCanvas } from '../stitch/newCanvas.ts';

/** Removes a package of this user after asking; what was painted with it stays as it is. Never rejects. */
export async function removeModel(editor: Editor, { id, name }: PackageInfo): Promise<void> {
  const { main, engine, packages, fillSettings } = editor;
  try {
    const answer = await main.call('dialog.ask', {
      message: `Remove ${name}?`,
      detail: 'Pictures that were made with it stay as they are. To use it again, add it again.',
      buttons: ['Remove', 'Cancel'],
    });
    if (answer !== 0) return;
    await engine.call('package.remove', { id });
    packages.list = await engine.call('package.list', null);
    if (fillSettings.package === id) useModel(editor, packages.list[0]?.ref ?? id);
    editor.notices.done(`Removed ${name}.`);
  } catch (error) {
    report(editor, error);
  }
}

/** Uses a package from now on, in the picture that is shown and in those that are opened next. */
export function useModel(editor: Editor, ref: string): void {
  editor.fillSettings.package = ref;
  if (editor.active) editor.active.package = ref;
}

/**
 * Opens a picture of a size, px, and lets the model draw all of it, as the fill panel is set; its candidates come into the
 * strip. Throws 'limit' where it would be too large.
 */
export async function newFromModel(editor: Editor, size: Size): Promise<void> {
  const document = newCanvas(editor, size);
  document.commit('Select all', { selection: selectAll(document.current.selection) });
  await fill(editor, document);
}
